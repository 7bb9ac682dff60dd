"""The monthly grid: right sums, right rows, and a reason wherever there is no number."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core_crm.kpis.models import DayFact
from core_crm.kpis.selectors import (
    bureau_options,
    facts_computed_at,
    indicator_get,
    kpi_grid,
    kpi_years,
)
from core_crm.kpis.services import facts_refresh, refreshing
from core_crm.kpis.types import NO_MEASURES, CellState, Grid, GridRow
from core_crm.staff.services import department_load
from core_crm.staff.types import DepartmentRow
from core_crm.voices.models import Category
from tests.conftest import kst
from tests.support.voices import CIVIL, PASSPORT, ROAD, Office, a_voice

NOW = kst("2026-11-24 10:00")
K, R, F, N, T, B = (
    CellState.KNOWN,
    CellState.RUNNING,
    CellState.FUTURE,
    CellState.NO_CASES,
    CellState.TOO_FEW,
    CellState.BEFORE_START,
)


def fact(office: Office, day: str, department: Any = None, **given: Any) -> None:
    """One day's fact as a refresh would have written it."""
    DayFact.objects.create(
        day=date.fromisoformat(day),
        department=department or office.road,
        officer=given.pop("officer", None),
        petition_class=given.pop("petition_class", "grievance"),
        is_compound=given.pop("is_compound", False),
        channel="portal",
        category=Category.objects.get(code="road"),
        **{**NO_MEASURES, **given},
    )


def months_of_these_facts() -> None:
    """The months' facts from the days' as they stand."""
    refreshing._months(None, now=NOW)


def settled(used: int, allowed: int = 1000, count: int = 1) -> dict[str, int]:
    return {
        "closed": count,
        "answered": count,
        "settled": count,
        "on_time": count,
        "allowed_minutes": allowed,
        "used_minutes": used,
    }


def grid(code: str = "reduction", **asked: Any) -> Grid:
    return kpi_grid(indicator_get(code), **{"year": 2026, "now": NOW, **asked})


def states(row: GridRow) -> list[CellState]:
    return [cell.state for cell in row.cells]


@pytest.fixture
def year(office: Office) -> Office:
    """Facts from March on: the road office most months, the passport office once, compound."""
    department_load([DepartmentRow(code="a2", name_ko="나라국", kind="bureau", sort=9)])
    department_load(
        [DepartmentRow(code=PASSPORT, name_ko="여권과", kind="department", parent_code="a2")]
    )
    fact(office, "2026-03-05", **settled(600))
    fact(office, "2026-03-31", **settled(0, allowed=3000, count=3))
    fact(office, "2026-04-01", officer=office.officer, **settled(500))
    fact(office, "2026-05-01", received=4)
    fact(office, "2026-11-03", is_compound=True, petition_class="statutory", **settled(250))
    fact(office, "2026-06-01", office.passport, officer=office.stranger, **settled(2000))
    fact(office, "2025-12-31", **settled(900))
    DayFact.objects.filter(day="2025-12-31").delete()
    months_of_these_facts()
    return office


def test_a_cell_is_of_sums_and_never_of_averages(year: Office) -> None:
    road = grid(by_compound=False).rows[0]
    assert road.cells[2].value == Fraction(85)  # 1 - 600/4000, not the mean of 40 and 100
    assert road.cells[2].base == 4
    assert road.year.value == Fraction("77.5")  # 1 - 1350/6000
    assert road.cells[2].measures["allowed_minutes"] == 4000


def test_every_month_says_why_it_has_no_number(year: Office) -> None:
    road = grid(by_compound=False).rows[0]
    assert states(road) == [B, B, K, K, N, N, N, N, N, N, R, F]
    assert [cell.value for cell in road.cells if cell.state in (N, F, B)] == [None] * 9
    assert road.year.state == R


def test_a_year_that_is_over_is_known_and_one_to_come_is_not(year: Office) -> None:
    later = kst("2027-01-01 00:10")
    assert states(grid(now=later, by_compound=False).rows[0])[10:] == [K, N]
    assert grid(now=later, by_compound=False).total.year.state == K
    to_come = grid(year=2028)
    assert set(states(to_come.total)) == {F}
    assert (to_come.rows, to_come.total.year.state) == ((), F)
    assert set(states(grid(year=2025).total)) == {B}


def test_rows_stand_in_the_order_of_the_organisation_compound_first(year: Office) -> None:
    rows = [(r.bureau_name, r.department_name, r.is_compound) for r in grid().rows]
    assert rows == [
        ("가나국", "도로안전과", True),
        ("가나국", "도로안전과", False),
        ("나라국", "여권과", False),
    ]


def test_bureaus_and_filters(year: Office) -> None:
    bureaus = grid(level="bureau", by_compound=False).rows
    assert [(r.bureau_code, r.department_code, r.year.base) for r in bureaus] == [
        ("a1", "", 6),
        ("a2", "", 1),
    ]
    assert [r.department_code for r in grid(bureau="a2").rows] == [PASSPORT]
    assert [r.is_compound for r in grid(department=ROAD, compound=True).rows] == [True]
    assert grid(compound=False).total.year.base == 6
    assert grid(petition_class="statutory").total.year.base == 1
    assert grid(department=CIVIL).rows == ()
    assert grid().total.year.base == 7
    assert grid().total.is_compound is None


def test_officials_have_what_they_closed_and_the_total_has_all(year: Office) -> None:
    found = grid(level="official", by_compound=False)
    assert [(r.department_name, r.officer_name, r.year.value) for r in found.rows] == [
        ("도로안전과", "김담당", Fraction(50)),
        ("여권과", "조여권", Fraction(-100)),
    ]
    assert found.rows[0].officer_id == year.officer.id
    assert found.total.year.base == 7
    assert [r.officer_name for r in grid(level="official", bureau="a2").rows] == ["조여권"]
    assert [r.officer_name for r in grid(level="official", department=ROAD).rows] == ["김담당"]


def test_too_few_marks_are_held_back_with_their_sums(office: Office) -> None:
    fact(office, "2026-10-01", invited=9, rated=4, speed_sum=17, speed_count=4)
    fact(office, "2026-09-01", invited=9, rated=5, speed_sum=20, speed_count=5)
    months_of_these_facts()
    row = grid("speed", by_compound=False).rows[0]
    assert (row.cells[8].state, row.cells[8].value) == (K, 4)
    held = row.cells[9]
    assert (held.state, held.value, held.base, held.measures) == (T, None, 4, {"speed_count": 4})
    assert row.year.value == Fraction("4.11")
    assert grid("satisfaction", by_compound=False).rows[0].cells[9].state == T


def test_cases_of_which_nothing_is_known_are_no_number(office: Office) -> None:
    fact(office, "2026-10-01", **settled(0, allowed=0, count=2))
    months_of_these_facts()
    cell = grid(by_compound=False).rows[0].cells[9]
    assert (cell.state, cell.value, cell.base) == (N, None, 2)


def test_the_month_is_seoul_s(year: Office) -> None:
    first_minute = kst("2026-12-01 00:01")
    assert states(grid(now=first_minute, by_compound=False).rows[0])[10:] == [K, N]
    before = datetime.fromisoformat("2026-11-30T14:59:00+00:00")
    assert states(grid(now=before, by_compound=False).rows[0])[10:] == [R, F]


def test_years_bureaus_and_the_time_of_the_data(office: Office) -> None:
    assert (kpi_years(), bureau_options(), facts_computed_at()) == ([], [], None)
    assert grid().computed_at is None
    assert set(states(grid().total)) == {B, F}
    a_voice(NOW, received_at=kst("2024-12-31 23:59"))
    a_voice(NOW)
    facts_refresh(now=NOW)
    assert kpi_years() == [2026, 2024]
    assert bureau_options() == [("a1", "가나국")]
    assert facts_computed_at() == NOW == grid().computed_at


def test_a_grid_asks_the_database_the_same_few_questions_however_large(year: Office) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        grid()
    assert len(asked) <= 6
    with CaptureQueriesContext(connection) as asked:
        grid(level="official")
    assert len(asked) <= 7
