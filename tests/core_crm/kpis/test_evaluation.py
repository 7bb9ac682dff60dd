"""Points by hand for each method, and what an indicator may not say about its evaluation."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from core_crm.extension_points import document, documents
from core_crm.kpis.selectors.scoring import Totals
from core_crm.kpis.types import Cadence, KpiDefinition, PerformanceContract, Whom, weight_sums
from core_crm.kpis.types.scoring import ranked, score, scorer

LINEAR = {"method": "linear", "floor": 80, "ceiling": 100}
STEPS = {
    "good": {"label": {"ko": "우수"}, "from": 90, "points": 100},
    "fair": {"label": {"ko": "보통"}, "from": 70, "points": 60},
}


def defined(**changes: Any) -> KpiDefinition:
    body = {**document("kpi", "on_time").body, "weight": 0, **changes}
    return KpiDefinition.model_validate(body)


def points(value: float | str, **changes: Any) -> Fraction:
    return score(defined(**changes), Fraction(value))


@pytest.mark.parametrize(
    ("value", "given_points"),
    [("79", 0), ("80", 0), ("90", 50), ("95.5", Fraction(155, 2)), ("100", 100), ("130", 100)],
)
def test_linear_is_a_line_from_floor_to_ceiling(value: str, given_points: Fraction) -> None:
    assert points(value, evaluation=LINEAR) == given_points


def test_linear_falls_where_less_is_better() -> None:
    few = {"direction": "lower", "evaluation": {"method": "linear", "floor": 20, "ceiling": 0}}
    assert [points(n, **few) for n in (0, 5, 20, 30)] == [100, 75, 0, 0]


def test_linear_around_a_band_is_full_inside_and_falls_on_both_sides() -> None:
    band = {
        "direction": "band",
        "band": {"low": 40, "high": 60},
        "evaluation": {"method": "linear", "floor": 20, "ceiling": 100},
    }
    found = [points(n, **band) for n in (10, 20, 30, 40, 50, 60, 80, 100, 120)]
    assert found == [0, 0, 50, 100, 100, 100, 50, 0, 0]


def test_the_share_of_the_target() -> None:
    ratio = {"target": 50, "evaluation": {"method": "target_ratio"}}
    assert [points(n, **ratio) for n in (-10, 0, 20, 50, 80)] == [0, 0, 40, 100, 100]
    less = {**ratio, "direction": "lower"}
    assert [points(n, **less) for n in (0, 50, 100)] == [100, 100, 50]


def test_the_best_grade_reached() -> None:
    steps = {"evaluation": {"method": "step", "grades": STEPS}}
    assert [points(n, **steps) for n in (69, 70, 89, 90, 100)] == [0, 60, 60, 100, 100]
    less = {**steps, "direction": "lower"}
    assert [points(n, **less) for n in (60, 90, 91)] == [100, 100, 0]


def test_all_or_nothing_at_the_target() -> None:
    whether = {"target": 95, "evaluation": {"method": "pass_fail"}}
    assert [points(n, **whether) for n in ("94.9", 95, 96)] == [0, 100, 100]
    assert [points(n, **whether, direction="lower") for n in (94, 96)] == [100, 0]
    band = {
        "direction": "band",
        "band": {"low": 1, "high": 2},
        "evaluation": {"method": "pass_fail"},
    }
    assert [points(n, **band) for n in (0, 1, 2, 3)] == [0, 100, 100, 0]


def test_places_equals_share_the_better_and_one_alone_is_full() -> None:
    rank = defined(evaluation={"method": "rank"})
    values = [Fraction(n) for n in (70, 90, 90, 50, 60)]
    assert ranked(rank, values) == [50, 100, 100, 0, 25]
    assert ranked(rank, [Fraction(3)]) == [100]
    assert ranked(rank, []) == []
    assert score(rank, Fraction(90), peers=values) == 100
    assert score(rank, Fraction(55), peers=values) == 20
    lower = defined(direction="lower", evaluation={"method": "rank"})
    assert ranked(lower, values) == [50, 25, 25, 100, 75]


numbers = st.fractions(min_value=-500, max_value=500, max_denominator=10_000)


@given(numbers, numbers)
def test_points_lie_between_0_and_100_and_never_fall_for_the_better(
    one: Fraction, other: Fraction
) -> None:
    for changes in (
        {"evaluation": LINEAR},
        {"target": 50, "evaluation": {"method": "target_ratio"}},
        {"evaluation": {"method": "step", "grades": STEPS}},
        {"target": 50, "evaluation": {"method": "pass_fail"}},
    ):
        give = scorer(defined(**changes))
        low, high = sorted((one, other))
        assert 0 <= give(low) <= give(high) <= 100


@given(numbers)
def test_the_line_of_whole_numbers_is_the_line(value: Fraction) -> None:
    plain = min(max((value - 80) * 100 / 20, Fraction(0)), Fraction(100))
    assert scorer(defined(evaluation=LINEAR))(value) == plain


@given(st.lists(st.tuples(st.integers(1, 60), st.none() | numbers.map(abs)), max_size=30))
def test_the_weighted_mean_is_the_weighted_mean(
    parts: list[tuple[int, Fraction | None]],
) -> None:
    totals = Totals(1)
    for weight, one in parts:
        totals.add(weight, [one])
    known = [(weight, one) for weight, one in parts if one is not None]
    whole = sum(weight for weight, _points in known)
    plain = sum((weight * one for weight, one in known), Fraction(0)) / whole if whole else None
    assert totals.means() == [plain]


@pytest.mark.parametrize(
    "changes",
    [
        {"weight": 10, "evaluation": None},
        {"weight": 101, "evaluation": LINEAR},
        {"weight": -1, "evaluation": LINEAR},
        {"direction": "none", "evaluation": LINEAR},
        {"evaluation": {"method": "linear", "floor": 80}},
        {"evaluation": {"method": "linear", "floor": 100, "ceiling": 80}},
        {"direction": "lower", "evaluation": LINEAR},
        {"target": None, "evaluation": {"method": "target_ratio"}},
        {"target": 0, "evaluation": {"method": "target_ratio"}},
        {"target": None, "evaluation": {"method": "pass_fail"}},
        {"evaluation": {"method": "step"}},
        {"evaluation": {**LINEAR, "grades": STEPS}},
        {"evaluation": {"method": "narrative"}},
        {"direction": "band", "evaluation": LINEAR},
        {"band": {"low": 1, "high": 2}, "evaluation": LINEAR},
        {
            "direction": "band",
            "band": {"low": 2, "high": 1},
            "evaluation": {"method": "pass_fail"},
        },
        {
            "direction": "band",
            "band": {"low": 1, "high": 2},
            "evaluation": {"method": "target_ratio"},
        },
        {
            "direction": "band",
            "band": {"low": 40, "high": 60},
            "evaluation": {"method": "linear", "floor": 50, "ceiling": 100},
        },
        {"period": "week"},
        {"level": "bureau"},
    ],
)
def test_an_evaluation_that_cannot_be_meant_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        defined(**changes)


def test_the_standards_weights_are_a_hundred_for_departments_and_officials() -> None:
    all_of_them = {
        code: KpiDefinition.model_validate(document("kpi", code).body)
        for code in documents.get().codes("kpi")
    }
    assert weight_sums(all_of_them) == {
        (Whom.DEPARTMENT, Cadence.MONTH): 100,
        (Whom.OFFICIAL, Cadence.MONTH): 100,
    }


def contract(**changes: Any) -> PerformanceContract:
    body = {**document("performance_contract", "customer").body, **changes}
    return PerformanceContract.model_validate(body)


def test_a_contract_weighs_a_hundred_and_names_its_grades() -> None:
    agreed = contract()
    names = [
        grade.label.ko if (grade := agreed.grade_of(Decimal(points))) else None
        for points in ("100", "90", "89.99", "60", "59.99", "0")
    ]
    assert names == ["탁월", "탁월", "우수", "미흡", "부진", "부진"]
    assert contract(grades={}).grade_of(Decimal(50)) is None


@pytest.mark.parametrize(
    "items",
    [
        {},
        {"one": {"kpi": "on_time", "weight": 99}},
        {"one": {"kpi": "on_time", "weight": 50}, "two": {"kpi": "on_time", "weight": 50}},
        {"one": {"kpi": "On time", "weight": 100}},
    ],
)
def test_a_contract_that_cannot_be_meant_is_refused(items: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        contract(items=items)
