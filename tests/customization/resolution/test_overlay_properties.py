"""What must hold of overlays on the real standard: locks, digests, plugins, scores, next shapes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core_crm.extension_points import digest_of
from core_crm.kpis.types.indicators import KpiDefinition
from customization.resolution.conversion import as_first_shape, converted
from customization.resolution.judging import findings
from customization.resolution.locks import LOCKS, missing_documents
from customization.resolution.operations import Operation, apply, diff, operation
from customization.resolution.places import places
from customization.resolution.resolving import resolve, with_parts
from customization.resolution.standard import standard_tree
from customization.resolution.trees import ABSENT, Path, is_same, value_at

STANDARD = standard_tree()
often = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def leaves(tree: Any, at: Path = ()) -> Iterator[Path]:
    for key, value in tree.items():
        yield (*at, key)
        if isinstance(value, dict):
            yield from leaves(value, (*at, key))


PLACES = sorted({path for path in leaves(STANDARD) if len(path) > 1})
LOCKED = sorted({path for lock in LOCKS for path, _ in places(STANDARD, lock.pattern)})
STRICT = [
    path for lock in LOCKS if lock.allows is None for path, _ in places(STANDARD, lock.pattern)
]
VALUES = st.one_of(
    st.just(ABSENT),
    st.booleans(),
    st.integers(-2, 120),
    st.sampled_from(["", "가", "08:30", "tax", "grievance", "x.busan.y", "no", "\u2028"]),
    st.just({"unit": "days", "amount": 3}),
    st.lists(st.sampled_from(["tax", "road"]), max_size=2),
    st.just({}),
)
WISHES = st.lists(
    st.tuples(st.one_of(st.sampled_from(PLACES), st.sampled_from(LOCKED)), VALUES), max_size=5
)


def overlay_of(wishes: list[tuple[Path, Any]]) -> list[Operation]:
    """Operations that do not meet one another."""
    chosen: list[tuple[Path, Any]] = []
    for path, wanted in wishes:
        if not any(path[: len(one)] == one or one[: len(path)] == path for one, _ in chosen):
            chosen.append((path, wanted))
    return [
        operation(path, seen=value_at(STANDARD, path), wanted=wanted) for path, wanted in chosen
    ]


@often
@given(WISHES)
def test_a_locked_place_is_the_standards_in_every_valid_resolve(
    wishes: list[tuple[Path, Any]],
) -> None:
    resolved = resolve(STANDARD, overlay_of(wishes))
    if not resolved.is_valid:
        assert all(problem.path and problem.message for problem in resolved.problems)
        return
    for path in STRICT:
        after = value_at(resolved.tree, path)
        is_gone = after is ABSENT and value_at(resolved.tree, path[:-1]) is ABSENT
        assert is_gone or is_same(after, value_at(STANDARD, path)), path
    assert missing_documents(STANDARD, resolved.tree) == []


@often
@given(st.sampled_from(STRICT), VALUES)
def test_no_wish_at_a_locked_place_passes(path: Path, wanted: Any) -> None:
    overlay = overlay_of([(path, wanted)])
    is_other = not is_same(value_at(STANDARD, path), wanted)
    assert resolve(STANDARD, overlay).is_valid is not is_other


@often
@given(WISHES, st.randoms(use_true_random=False))
def test_a_digest_is_of_the_documents_and_of_nothing_else(
    wishes: list[tuple[Path, Any]], chance: Random
) -> None:
    overlay = overlay_of(wishes)
    one = resolve(STANDARD, overlay)
    other = resolve(standard_tree(), chance.sample(overlay, len(overlay)))
    assert one.digest == other.digest == digest_of(one.tree)
    assert (one.digest == digest_of(STANDARD)) is (diff(STANDARD, one.tree) == [])


def test_a_digest_is_the_same_in_another_process() -> None:
    code = (
        "import django; django.setup();"
        "from customization.resolution.resolving import resolve;"
        "from customization.resolution.standard import standard_tree;"
        "print(resolve(standard_tree(), []).digest)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=_another_seed(),
    )
    assert said.stdout.strip() == resolve(STANDARD, []).digest


def _another_seed() -> dict[str, str]:
    paths = os.pathsep.join(path for path in sys.path if path)
    return {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": paths}


PARTS = {"template": {"welcome": dict(STANDARD["template"]["voice_answered"])}}


@often
@given(WISHES)
def test_a_plugin_taken_out_and_put_back_restores_the_digest(
    wishes: list[tuple[Path, Any]],
) -> None:
    overlay = overlay_of(wishes)
    with_it = apply(with_parts(STANDARD, {"one": PARTS}), overlay)
    without = apply(STANDARD, overlay)
    again = apply(with_parts(STANDARD, {"one": PARTS}), overlay)
    assert digest_of(with_it) == digest_of(again) != digest_of(without)
    beside = {**with_it, "template": dict(with_it.get("template") or {})}
    if isinstance(with_it.get("template"), dict):
        beside["template"].pop("x.one.welcome", None)
        assert is_same(beside, without)


@often
@given(WISHES, WISHES)
def test_two_governments_resolve_independently(
    mine: list[tuple[Path, Any]], others: list[tuple[Path, Any]]
) -> None:
    alone = resolve(STANDARD, overlay_of(mine))
    resolve(STANDARD, overlay_of(others))
    assert resolve(STANDARD, overlay_of(mine)) == alone


@often
@given(WISHES)
def test_every_valid_version_is_right_under_the_next_shape(
    wishes: list[tuple[Path, Any]],
) -> None:
    """What was right in shape 1 is right after its conversion; scoring came with shape 2."""
    first = [one for one in overlay_of(wishes) if not {"weight", "level"} & set(one.path)]
    tree = apply(STANDARD, first)
    if findings(tree, STANDARD):
        return
    new = converted(as_first_shape(tree), shape=1, ground=STANDARD)
    assert not findings(new, STANDARD)


FACTS = st.fixed_dictionaries(
    {
        name: st.integers(0, 60)
        for name in ("settled", "on_time", "unable", "rated", "invited", "received")
    }
    | {name: st.integers(0, 5_000) for name in ("used_minutes", "allowed_minutes")}
    | {
        f"{item}_{what}": st.integers(0, 300)
        for item in ("speed", "kindness", "fairness", "convenience")
        for what in ("sum", "count")
    }
)


@often
@given(st.sampled_from(sorted(STANDARD["kpi"])), FACTS, st.randoms(use_true_random=False))
def test_an_indicator_is_a_function_of_document_and_facts(
    code: str, facts: dict[str, int], chance: Random
) -> None:
    body = STANDARD["kpi"][code]
    one = KpiDefinition.model_validate(body).parsed().evaluate(facts)
    shuffled = dict(chance.sample(list(facts.items()), len(facts)))
    other = KpiDefinition.model_validate(dict(body)).parsed().evaluate(shuffled)
    assert one == other
    assert one is None or isinstance(one, Fraction)
