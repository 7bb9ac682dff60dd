"""What must hold of every standard, every city's overlay and every upgrade."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customization.resolution.operations import apply, diff, inverse
from customization.resolution.rebase import Choice, rebase
from customization.resolution.trees import is_same, is_under, value_at

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(0, 3),
    st.sampled_from(["a", "가", ""]),
    st.lists(st.integers(0, 2), max_size=2),
)
KEYS = st.sampled_from("abcd")
TREES = st.recursive(
    st.dictionaries(KEYS, LEAVES, max_size=4),
    lambda below: st.dictionaries(KEYS, st.one_of(LEAVES, below), max_size=4),
    max_leaves=14,
)
often = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))


@often
@given(TREES, TREES)
def test_a_difference_applied_gives_the_other(base: dict[str, Any], new: dict[str, Any]) -> None:
    assert is_same(apply(base, diff(base, new)), new)


@often
@given(TREES)
def test_nothing_differs_from_itself(tree: dict[str, Any]) -> None:
    assert diff(tree, tree) == []
    assert is_same(apply(tree, []), tree)


@often
@given(TREES, TREES)
def test_twice_is_once(base: dict[str, Any], new: dict[str, Any]) -> None:
    overlay = diff(base, new)
    assert is_same(apply(apply(base, overlay), overlay), new)


@often
@given(TREES, TREES, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(
    base: dict[str, Any], new: dict[str, Any], chance: Random
) -> None:
    overlay = diff(base, new)
    shuffled = chance.sample(overlay, len(overlay))
    assert is_same(apply(base, shuffled), apply(base, overlay))


@often
@given(TREES, TREES)
def test_what_was_given_stays_as_it_was(base: dict[str, Any], new: dict[str, Any]) -> None:
    before = repr(base)
    changed = apply(base, diff(base, new))
    changed.clear()
    assert repr(base) == before


@often
@given(TREES, TREES)
def test_the_inverse_rolls_back(base: dict[str, Any], city: dict[str, Any]) -> None:
    overlay = diff(base, city)
    assert is_same(apply(city, inverse(overlay)), base)


@often
@given(TREES, TREES, TREES)
def test_no_operation_vanishes(
    old: dict[str, Any], city: dict[str, Any], new: dict[str, Any]
) -> None:
    overlay = diff(old, city)
    moved = rebase(overlay, old, new)
    told = [*moved.adopted, *moved.kept, *(one.operation for one in moved.conflicts)]
    assert sorted(one.path for one in told) == sorted(one.path for one in overlay)


@often
@given(TREES, TREES, TREES)
def test_a_city_keeps_what_it_chose_and_follows_elsewhere(
    old: dict[str, Any], city: dict[str, Any], new: dict[str, Any]
) -> None:
    moved = rebase(diff(old, city), old, new)
    result = apply(new, moved.kept)
    for one in [*moved.kept, *moved.adopted]:
        assert is_same(value_at(result, one.path), one.wanted)
    for one in moved.inherited:
        assert is_same(value_at(result, one.path), one.after)


@often
@given(TREES, TREES, TREES)
def test_a_conflict_is_settled_as_chosen(
    old: dict[str, Any], city: dict[str, Any], new: dict[str, Any]
) -> None:
    moved = rebase(diff(old, city), old, new)
    for choice in Choice:
        settled = moved.settled({one.operation.path: choice for one in moved.conflicts})
        result = apply(new, settled)
        for one in moved.conflicts:
            wanted = one.mine if choice == Choice.MINE else one.new
            others = [each.path for each in settled if each.path != one.operation.path]
            if not any(is_under(one.operation.path, each) for each in others):
                assert is_same(value_at(result, one.operation.path), wanted)
        again = rebase(settled, new, new)
        assert not again.conflicts


@often
@given(TREES, TREES)
def test_an_upgrade_to_the_same_changes_nothing(old: dict[str, Any], city: dict[str, Any]) -> None:
    overlay = diff(old, city)
    moved = rebase(overlay, old, old)
    assert list(moved.kept) == overlay
    assert (moved.adopted, moved.conflicts, moved.inherited) == ((), (), ())


@often
@given(TREES, TREES)
def test_a_standard_that_took_all_over_leaves_nothing_to_say(
    old: dict[str, Any], city: dict[str, Any]
) -> None:
    moved = rebase(diff(old, city), old, city)
    assert (moved.kept, moved.conflicts) == ((), ())


@often
@given(TREES, TREES, TREES)
def test_two_cities_are_independent(
    old: dict[str, Any], one: dict[str, Any], other: dict[str, Any]
) -> None:
    mine = diff(old, one)
    apply(old, diff(old, other))
    assert is_same(apply(old, mine), one)
