"""Scores: a month of 2,000 officials by 30 indicators, against nothing but the formulas.

Ours is the whole sheet: facts read from the database, every formula, points by five methods,
weighted totals, places and names. The yardstick is the bare loop over the same sums in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from core_crm.extension_points import Document, document
from core_crm.kpis.models import DayFact
from core_crm.kpis.selectors import indicator_of, sheet_of
from core_crm.kpis.selectors.evaluated import evaluated
from core_crm.kpis.types import MEASURES, Cadence, Indicator, Level, ScoreItem, Span
from core_crm.staff.models import Official
from core_crm.staff.selectors import department_list
from core_crm.staff.services import department_load
from core_crm.staff.types import DepartmentRow
from tenants.accounts.models import User
from tenants.context import serving_city
from tests.benchmarks.harness import Figure, interleaved, sized, timed
from tests.benchmarks.trips import trips_of

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
MONTH = Span.of(Cadence.MONTH, date(2026, 10, 1))
DAYS = 22
SCORED = ("reduction", "on_time", "satisfaction", "speed", "unable_rate", "response_rate")
RATED = ("speed", "kindness", "fairness")
METHODS: tuple[dict[str, Any], ...] = (
    {"method": "linear", "floor": 0, "ceiling": 100},
    {"method": "target_ratio"},
    {"method": "pass_fail"},
    {"method": "rank"},
    {
        "method": "step",
        "grades": {
            f"g{points}": {"label": {"ko": f"{points}점"}, "from": points, "points": points}
            for points in (20, 40, 60, 80, 95)
        },
    },
)


def run() -> Iterator[Figure]:
    """Five methods for each of six formulas: thirty indicators."""
    officials = sized(2_000, small=20)
    with serving_city("busan"):
        _fill(officials)
        items = [ScoreItem(one, Fraction(10, 3)) for one in _indicators()]
        rows = [one.measures for one in _evaluated(items)]

        def ours() -> Any:
            return sheet_of(items, MONTH, level=Level.OFFICIAL, now=NOW)

        def bare() -> list[list[Any]]:
            formulas = [item.indicator.formula for item in items]
            return [[formula.evaluate(sums) for formula in formulas] for sums in rows]

        _check(ours(), bare(), items)
        yield interleaved(
            "scoring.month_of_officials",
            ours=timed(ours),
            baseline=timed(bare),
            goal=1 / 1.5,
            unit="s",
            baseline_name="the bare loop of evaluations",
            exact={
                "officials": len(rows),
                "indicators": len(items),
                "day_facts": DayFact.objects.count(),
                **trips_of(ours).exact(),
            },
        )


def _indicators() -> list[Indicator]:
    return [
        _indicator(code, number, method) for code in SCORED for number, method in enumerate(METHODS)
    ]


def _indicator(code: str, number: int, method: dict[str, Any]) -> Indicator:
    body = {
        **document("kpi", code).body,
        "direction": "higher",
        "target": 50,
        "fewest": 1,
        "evaluation": method,
    }
    return indicator_of(Document.of("kpi", f"{code}_{number}", body, version="1.0"))


def _evaluated(items: list[ScoreItem]) -> list[Any]:
    return evaluated(MONTH, level=Level.OFFICIAL, indicators=[item.indicator for item in items])


def _check(sheet: Any, values: list[list[Any]], items: list[ScoreItem]) -> None:
    """The same numbers; and of the totals the first, by hand."""
    if [[score.value for score in row.scores] for row in sheet.rows] != values:
        raise AssertionError("the sheet's numbers are not those of the formulas")
    row = sheet.rows[0]
    parts = [
        (item.weight, score.points)
        for item, score in zip(items, row.scores, strict=True)
        if score.points is not None
    ]
    whole = sum((weight for weight, _points in parts), Fraction(0))
    total = sum((weight * points for weight, points in parts), Fraction(0)) / whole
    if abs(total - Fraction(row.points)) > Fraction(1, 200):
        raise AssertionError(f"{row.points} is not {float(total)}")


def _fill(officials: int) -> None:
    """Officials in sixty departments, each with closings on 22 days of one month."""
    rows = [DepartmentRow(code=f"d{n}", name_ko=f"{n}과") for n in range(60)]
    department_load(rows)
    departments = list(department_list())
    users = [User(email=f"o{n}@bench.example", name=f"담당{n}") for n in range(officials)]
    User.objects.bulk_create(users)
    people = [
        Official(user=user, department=departments[n % len(departments)], roles=["officer"])
        for n, user in enumerate(users)
    ]
    Official.objects.bulk_create(people)
    DayFact.objects.bulk_create(
        (
            _fact(one, number, day)
            for number, one in enumerate(people)
            for day in range(1, DAYS + 1)
        ),
        batch_size=2_000,
    )


def _fact(official: Official, number: int, day: int) -> DayFact:
    settled, die = 1 + (number * 7 + day) % 5, number * 31 + day * 17
    told = dict.fromkeys(MEASURES, 0) | {
        "closed": settled,
        "settled": settled,
        "answered": settled - die % 2,
        "unable": die % 2,
        "on_time": settled - (die % 7 == 0),
        "allowed_minutes": settled * 3360,
        "used_minutes": settled * (400 + die % 3000),
        "invited": settled,
        "rated": settled - 1,
        **{f"{item}_count": settled - 1 for item in ("speed", "kindness", "fairness")},
        **{
            f"{item}_sum": (settled - 1) * (1 + die % 5)
            for item in ("speed", "kindness", "fairness")
        },
    }
    return DayFact(
        day=date(2026, 10, day),
        department_id=official.department_id,
        officer_id=official.pk,
        petition_class="inquiry",
        is_compound=False,
        channel="portal",
        **told,
    )
