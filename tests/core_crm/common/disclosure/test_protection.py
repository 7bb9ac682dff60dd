"""Small counts cannot be found, whatever is put together from what is shown."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings

from core_crm.common.disclosure import FEWEST, Relation, feasible, protect
from tests.core_crm.common.disclosure.worlds import Size, World, grown, solutions, worlds

SMALL = Size(most=11, ways=2, parts=3, depth=2)
LARGE = Size(most=400, ways=3, parts=6, depth=3)


@settings(max_examples=300, deadline=None)
@given(worlds(SMALL))
def test_among_all_solutions_every_hidden_leaf_is_small_and_large(world: World) -> None:
    hidden = protect(world.values, world.relations)
    missing = {key: {1, 2, 3, 4, "more"} for key in hidden & world.leaves - alone(world)}
    for one in solutions(world.published(hidden), hidden, world.relations, cap=13):
        for key, values in missing.items():
            values.discard(one[key] if one[key] < FEWEST else "more")
        if not any(missing.values()):
            return
    assert not any(missing.values())


def alone(world: World) -> set[str]:
    """Counts that are all of their whole: as many as its other partitions have parts, at least."""
    present = [[part for part in one.parts if world.values[part]] for one in world.relations]
    return {parts[0] for parts in present if len(parts) == 1}


@settings(max_examples=300, deadline=None)
@given(worlds(LARGE))
def test_every_hidden_count_may_be_five_or_more_and_has_no_single_value(world: World) -> None:
    hidden = protect(world.values, world.relations)
    bounds = feasible(world.published(hidden), hidden, world.relations)
    assert all(high is None or high >= max(FEWEST, low + 1) for low, high in bounds.values())
    leaves = hidden & world.leaves - alone(world)
    assert {bounds[leaf][0] for leaf in leaves} <= {1}


@given(worlds(LARGE))
def test_every_small_count_is_hidden_and_no_zero(world: World) -> None:
    hidden = protect(world.values, world.relations)
    assert {key for key, value in world.values.items() if 0 < value < FEWEST} <= hidden
    assert all(world.values[key] for key in hidden)


@given(worlds(LARGE))
def test_nothing_is_hidden_where_nothing_is_small(world: World) -> None:
    small = [value for value in world.values.values() if 0 < value < FEWEST]
    assert bool(protect(world.values, world.relations)) == bool(small)


def test_the_same_is_hidden_whichever_way_it_is_asked() -> None:
    world = grown(7, LARGE)
    backwards = dict(reversed(world.values.items()))
    assert protect(backwards, world.relations) == protect(world.values, world.relations)


def test_without_others_hidden_most_small_counts_are_found() -> None:
    """What the control is for: small counts alone in their whole are the difference."""
    found = kept = 0
    for seed in range(300):
        world = grown(seed, LARGE)
        hidden = protect(world.values, world.relations, complementary=False)
        bounds = feasible(world.published(hidden), hidden, world.relations).values()
        found += sum(low == high for low, high in bounds)
        kept += sum(low != high for low, high in bounds)
    assert found > 100
    assert kept > 0


CITY = Relation("city", ("road", "park", "water"))


@pytest.mark.parametrize(
    ("road", "park", "water", "hidden"),
    [
        (20, 30, 40, set()),
        (20, 0, 40, set()),
        (3, 30, 40, {"road", "park"}),  # the smallest other one
        (3, 0, 40, {"road", "water"}),  # a zero hides nothing
        (3, 2, 40, {"road", "park", "water"}),  # 5 together: neither could be 5
        (3, 4, 40, {"road", "park"}),  # 7 together: each may be 1 to 6
        (3, 0, 0, {"city", "road"}),  # no other: the whole
        (0, 0, 0, set()),
    ],
)
def test_what_is_hidden_of_one_partition(
    road: int, park: int, water: int, hidden: set[str]
) -> None:
    values = {"city": road + park + water, "road": road, "park": park, "water": water}
    assert protect(values, [CITY]) == hidden


def test_a_hidden_whole_hides_a_part_in_each_of_its_partitions() -> None:
    """Else it would be their sum. With `a` at least 34, `a1` would not look small: so `a2` too."""
    values = {"country": 103, "a": 40, "b": 60, "c": 3, "a1": 15, "a2": 25, "web": 33, "call": 7}
    relations = [
        Relation("country", ("a", "b", "c")),
        Relation("a", ("a1", "a2")),
        Relation("a", ("web", "call")),
    ]
    assert protect(values, relations) == {"c", "a", "a1", "a2", "call"}


def test_what_a_part_hides_beneath_it_can_save_the_whole() -> None:
    """`a` is 60 or more by its shown part, so `c` would be at most 4 of the 64: `a1` goes too."""
    values = {"city": 64, "a": 60, "c": 4, "a1": 59, "a2": 1}
    relations = [Relation("city", ("a", "c")), Relation("a", ("a1", "a2"))]
    assert protect(values, relations) == {"a", "c", "a1", "a2"}


@pytest.mark.parametrize(
    ("values", "relations", "reason"),
    [
        ({"a": 3, "b": 1, "c": 1}, [Relation("a", ("b", "c"))], "not the sum"),
        ({"a": 1, "b": 2, "c": -1}, [Relation("a", ("b", "c"))], "never negative"),
        ({"a": 1}, [Relation("a", ("b",))], "'b' has no count"),
        ({"a": 1, "b": 1, "c": 1}, [Relation("a", ("c",)), Relation("b", ("c",))], "a part twice"),
        ({"a": 2, "b": 1}, [Relation("a", ("b", "b"))], "a part twice"),
        ({"a": 1, "b": 1}, [Relation("a", ("b",)), Relation("b", ("a",))], "its own parts"),
    ],
)
def test_what_is_no_forest_of_sums_is_refused(
    values: dict[str, int], relations: list[Relation[str]], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        protect(values, relations)


def test_sixteen_cities_for_a_year_take_seconds_not_minutes() -> None:
    """One city's month: 30 bureaus, 100 departments, 3 other partitions."""
    world = grown(3, Size(most=4000, ways=4, parts=20, depth=2))
    assert len(world.values) > 100
    began = process_time()
    for _round in range(20):
        protect(world.values, world.relations)
    assert (process_time() - began) / 20 < 0.1
