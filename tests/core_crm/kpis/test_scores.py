"""Scores of a small city's year, against the grid and plain arithmetic."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from core_crm.common.formulas import round_half_up
from core_crm.extension_points import Document, document
from core_crm.kpis.errors import NothingToScore
from core_crm.kpis.selectors import (
    indicator_get,
    indicator_list,
    indicator_of,
    items_of,
    kpi_grid,
    score_sheet,
    sheet_of,
)
from core_crm.kpis.types import Indicator, Level, ScoreItem, ScoreSheet, Span
from core_crm.kpis.types.scoring import score
from tests.conftest import kst
from tests.support.voices import ROAD, Office

NOW = kst("2026-01-10 10:00")
JUNE, YEAR = Span.read("2025-06"), Span.read("2025")


@pytest.fixture
def year(busans_year: Office) -> Office:
    return busans_year


def changed(code: str, **changes: object) -> Indicator:
    body = {**document("kpi", code).body, **changes}
    return indicator_of(Document.of("kpi", code, body, version="1.0"))  # type: ignore[arg-type]


def by_hand(sheet: ScoreSheet) -> list[Decimal | None]:
    """Each row's points from its own numbers, the plain way."""
    found: list[Decimal | None] = []
    for row in sheet.rows:
        parts = [
            (item.weight, score(item.indicator.definition, one.value))
            for item, one in zip(sheet.items, row.scores, strict=True)
            if one.value is not None
        ]
        whole = sum((weight for weight, _points in parts), Fraction(0))
        total = sum((weight * points for weight, points in parts), Fraction(0))
        found.append(round_half_up(total / whole, 2) if whole else None)
    return found


@pytest.mark.parametrize("span", ["2025-06", "2025-Q3", "2025-H1", "2025"])
@pytest.mark.parametrize("level", ["department", "official"])
def test_points_are_the_weighted_mean_of_each_items_own(
    year: Office, span: str, level: str
) -> None:
    sheet = score_sheet(Span.read(span), level=level, now=NOW)
    assert [item.indicator.code for item in sheet.items] == ["reduction", "on_time", "satisfaction"]
    assert sheet.rows
    assert [row.points for row in sheet.rows] == by_hand(sheet)
    ordered = sorted((row.points for row in sheet.rows if row.points is not None), reverse=True)
    for row in sheet.rows:
        assert row.rank == (None if row.points is None else ordered.index(row.points) + 1)


def test_a_departments_numbers_are_those_of_the_grid(year: Office) -> None:
    sheet = score_sheet(YEAR, now=NOW)
    for place, item in enumerate(sheet.items):
        grid = kpi_grid(item.indicator, year=2025, now=NOW, by_compound=False)
        shown = {row.department_code: row.year.value for row in grid.rows}
        for row in sheet.rows:
            assert row.scores[place].value == shown[row.department_code]


def test_officials_are_scored_by_their_own_closings(year: Office) -> None:
    sheet = score_sheet(JUNE, level="official", now=NOW)
    assert {row.officer_name for row in sheet.rows} == {"김담당", "이동료", "조여권"}
    grid = kpi_grid(indicator_get("on_time"), year=2025, now=NOW, level=Level.OFFICIAL)
    assert sum(row.scores[1].base for row in sheet.rows) == sum(
        row.cells[5].base for row in grid.rows
    )


def test_what_has_no_number_is_left_out_or_gives_nothing(year: Office) -> None:
    """Four ratings are too few: satisfaction does not count, unless the document says 0."""
    few = changed("satisfaction", fewest=99)
    strict = changed(
        "satisfaction",
        fewest=99,
        evaluation={"method": "linear", "floor": 1, "ceiling": 5, "no_data": "zero"},
    )
    rest = indicator_get("on_time")
    lenient = sheet_of(
        [ScoreItem(rest, Fraction(60)), ScoreItem(few, Fraction(40))],
        JUNE,
        level="department",
        now=NOW,
    )
    zero = sheet_of(
        [ScoreItem(rest, Fraction(60)), ScoreItem(strict, Fraction(40))],
        JUNE,
        level="department",
        now=NOW,
    )
    road, same = (
        next(row for row in sheet.rows if row.department_code == ROAD) for sheet in (lenient, zero)
    )
    assert road.scores[0].points is not None
    assert road.points == round_half_up(road.scores[0].points, 2)
    assert same.points == round_half_up(road.scores[0].points * Fraction(60, 100), 2)
    assert (road.scores[1].value, road.scores[1].points, same.scores[1].points) == (None, None, 0)


def test_a_contract_is_scored_by_its_items_and_named_by_its_grade(year: Office) -> None:
    sheet = score_sheet(YEAR, now=NOW, contract="customer")
    assert [int(item.weight) for item in sheet.items] == [30, 30, 40]
    assert [row.points for row in sheet.rows] == by_hand(sheet)
    road = next(row for row in sheet.rows if row.department_code == ROAD)
    assert road.points is not None
    assert road.grade is not None
    assert road.points >= road.grade.since
    assert {row.grade for row in score_sheet(YEAR, now=NOW).rows} == {None}


def test_the_digest_pins_documents_and_the_facts_digest_the_days(year: Office) -> None:
    first, again = score_sheet(JUNE, now=NOW), score_sheet(JUNE, now=NOW)
    assert (first.digest, first.facts_digest, first.rows) == (
        again.digest,
        again.facts_digest,
        again.rows,
    )
    other = sheet_of(
        [ScoreItem(changed("on_time", target=99), Fraction(100))], JUNE, level="department", now=NOW
    )
    assert other.digest != first.digest
    assert other.facts_digest == first.facts_digest
    assert score_sheet(Span.read("2025-08"), now=NOW).facts_digest != first.facts_digest


def test_a_period_is_over_when_it_is_over(year: Office) -> None:
    assert score_sheet(JUNE, now=kst("2025-07-01 00:00")).is_over
    assert not score_sheet(JUNE, now=kst("2025-06-30 23:59")).is_over


def test_indicators_of_the_periods_own_length_come_first(year: Office) -> None:
    yearly = changed("on_time", period="year")
    others = [one for one in indicator_list() if one.code != "on_time"]
    of_year = items_of([yearly, *others], YEAR, level="department")
    of_june = items_of([yearly, *others], JUNE, level="department")
    assert [one.indicator.code for one in of_year] == ["on_time"]
    assert [one.indicator.code for one in of_june] == ["reduction", "satisfaction"]


def test_without_weights_there_is_nothing_to_score(year: Office) -> None:
    only = [changed("on_time", level="official")]
    with pytest.raises(NothingToScore):
        items_of(only, JUNE, level="department")
    assert len(items_of(only, JUNE, level="official")) == 1


def test_reading_scores_takes_few_queries(
    year: Office, django_assert_max_num_queries: object
) -> None:
    score_sheet(JUNE, now=NOW)
    for level in ("department", "official"):
        with django_assert_max_num_queries(6):  # type: ignore[operator]
            score_sheet(JUNE, level=level, now=NOW)
