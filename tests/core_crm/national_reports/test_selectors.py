"""What the ministry's pages are given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from core_crm.kpis.selectors import indicator_get
from core_crm.kpis.types import Direction
from core_crm.national_reports import selectors
from core_crm.national_reports.models import NationalRegion
from core_crm.national_reports.selectors.values import ranked
from core_crm.national_reports.services import national_refresh
from core_crm.national_reports.types import Family, RegionValue, Slice, ValueState
from tenants.context import serving_ministry, serving_platform, serving_rollup
from tests.conftest import kst
from tests.core_crm.national_reports.kit import (
    COMPUTED_AT,
    NOVEMBER,
    OCTOBER,
    category,
    department,
    hand_in,
    measures,
    with_one_category,
)

NOW = kst("2026-11-24 12:00")
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def nation_of_two(nation: tuple[str, str]) -> None:
    """Busan has four departments and a small one; Seoul is larger, and few people answer."""
    september = measures(received=40, closed=40, rated=20)
    busan = [
        department("a1.road", measures(received=30, closed=20, rated=10)),
        department("a1.park", measures(received=3, closed=20, rated=10)),
        department("a1.water", measures(received=20, closed=20, rated=10)),
        department(
            "a2.permit",
            measures(received=47, closed=60, rated=30) | {"on_time": 59},
            petition_class="statutory",
            is_compound=True,
        ),
    ]
    hand_in(
        "busan",
        with_one_category(
            [
                department("a1.road", september, month=SEPTEMBER),
                *busan,
                department("a1.road", measures(received=9), month=NOVEMBER),
            ]
        ),
    )
    hand_in("seoul", with_one_category([department("b1.x", measures(received=200, rated=0))]))
    national_refresh(now=NOW)
    with serving_rollup():
        NationalRegion.objects.filter(city_code="busan").update(residents=3_000_000)


def value(code: str, indicator: str, **options: object) -> RegionValue:
    given: dict[str, object] = {"month": OCTOBER, **options}
    found = selectors.region_values(indicator_get(indicator), **given)  # type: ignore[arg-type]
    return next(each for each in found if each.code == code)


def test_months_are_the_newest_first_and_the_running_one_is_among_them(
    nation_of_two: None,
) -> None:
    assert selectors.months() == [NOVEMBER, OCTOBER, SEPTEMBER]
    assert selectors.complete_until() == OCTOBER
    assert selectors.data_time() == COMPUTED_AT


def test_before_anything_was_handed_in_there_is_nothing_and_no_error(
    nation: tuple[str, str],
) -> None:
    assert (selectors.months(), selectors.complete_until(), selectors.data_time()) == (
        [],
        None,
        None,
    )
    assert selectors.regions() == selectors.submissions() == []


def test_every_government_of_today_is_listed_in_its_order(nation_of_two: None) -> None:
    rows = selectors.regions()
    assert [row.code for row in rows[:2]] == ["seoul", "busan"]
    assert len(rows) == 16
    assert {row.status for row in rows} >= {"open", "not_open"}
    assert rows[0].residents
    assert rows[0].counted_on


def test_a_region_that_hands_in_nothing_is_missing_and_never_zero(nation_of_two: None) -> None:
    jeju = value("jeju", "received")
    assert (jeju.state, jeju.value, jeju.base, jeju.rank) == (ValueState.MISSING, None, None, None)


def test_a_rate_is_made_of_the_sums(nation_of_two: None) -> None:
    """120 settled, of which 15+15+15+59 in time."""
    busan = value("busan", "on_time")
    assert (busan.state, busan.base, busan.rank) == (ValueState.KNOWN, 120, 1)
    assert busan.value == Fraction(867, 10)
    assert busan.change == Fraction(867, 10) - 75


def test_without_closings_there_is_no_rate_and_a_word_why(nation_of_two: None) -> None:
    seoul = value("seoul", "on_time")
    assert (seoul.state, seoul.value, seoul.base) == (ValueState.NO_CASES, None, 0)


def test_per_thousand_residents(nation_of_two: None) -> None:
    assert value("busan", "received", per_thousand=True).value == Fraction(100, 3000)
    assert value("busan", "received").value == 100


def test_a_region_whose_residents_are_not_known_has_no_figure_per_thousand(
    nation_of_two: None,
) -> None:
    with serving_rollup():
        NationalRegion.objects.filter(city_code="busan").update(residents=None)
    assert value("busan", "received", per_thousand=True).state == ValueState.MISSING


def test_compound_and_simple_cases_apart(nation_of_two: None) -> None:
    assert value("busan", "received", is_compound=True).value == 47
    assert value("busan", "received", is_compound=False).value == 53


def test_the_nation_is_the_sum_of_what_the_regions_show(nation_of_two: None) -> None:
    nation = selectors.national_value(indicator_get("received"), month=OCTOBER)
    assert (nation.code, nation.value, nation.regions) == ("", 300, 2)
    rated = selectors.national_value(indicator_get("speed"), month=OCTOBER)
    assert (rated.value, rated.base) == (4, 60)


def test_a_hidden_region_is_not_in_the_nations_value(nation: tuple[str, str]) -> None:
    hand_in("busan", with_one_category([department("a1.x", measures(received=3))]))
    hand_in("seoul", with_one_category([department("b1.x", measures(received=50))]))
    national_refresh(now=NOW)
    busan = value("busan", "received")
    assert (busan.state, busan.value, busan.base) == (ValueState.HIDDEN, None, None)
    assert "received" not in busan.measures
    nation = selectors.national_value(indicator_get("received"), month=OCTOBER)
    assert (nation.value, nation.regions) == (50, 1)


def test_few_answers_are_too_few_where_the_count_may_be_known(nation: tuple[str, str]) -> None:
    """The cells hide them already; the indicator's own least number holds beside it."""
    hand_in("busan", with_one_category([department("a1.x", measures(closed=30, rated=7))]))
    national_refresh(now=NOW)
    strict = replace(indicator_get("speed"), fewest=10)
    found = selectors.region_values(strict, month=OCTOBER)
    busan = next(each for each in found if each.code == "busan")
    assert (busan.state, busan.value, busan.base) == (ValueState.TOO_FEW, None, 7)


def test_equals_share_a_rank_and_the_next_one_is_left_out(nation_of_two: None) -> None:
    given = [value("busan", "received"), value("seoul", "received"), value("jeju", "received")]
    same = [replace(given[0], code="x"), *given]
    higher = indicator_get("on_time").direction
    assert [each.rank for each in ranked(same, higher)] == [2, 2, 1, None]
    assert [each.rank for each in ranked(same, Direction.LOWER)] == [1, 1, 3, None]


def test_a_trend_has_every_month_and_says_why_one_has_no_value(nation_of_two: None) -> None:
    lines = selectors.trend(
        indicator_get("received"), codes=["busan", "", "atlantis"], until=OCTOBER, months=3
    )
    assert [line.code for line in lines] == ["busan", ""]
    busan, nation = lines
    assert [point.month for point in busan.points] == [date(2026, 8, 1), SEPTEMBER, OCTOBER]
    assert [point.value for point in busan.points] == [None, 40, 100]
    assert busan.points[0].state == ValueState.MISSING
    assert [point.value for point in nation.points] == [None, 40, 300]


def test_a_region_is_taken_apart_down_to_its_departments(nation_of_two: None) -> None:
    bureaus = selectors.region_cells("busan", month=OCTOBER, slice=Slice.BUREAU)
    assert [(row.key, row.has_parts) for row in bureaus] == [("a1", True), ("a2", True)]
    rows = selectors.region_cells("busan", month=OCTOBER, slice="department", parent="a1")
    assert [row.key for row in rows] == ["a1.road", "a1.park", "a1.water"]
    known = {row.key: row.measures.get("received") for row in rows}
    assert known == {"a1.road": 30, "a1.park": None, "a1.water": None}  # 3, and the smaller other
    park = next(row for row in rows if row.key == "a1.park")
    assert park.hidden == {Family.RECEIVED}
    assert park.figure(indicator_get("received")).state == ValueState.HIDDEN
    assert park.figure(indicator_get("on_time")).value == 75


def test_classes_categories_and_compound_have_names(nation_of_two: None) -> None:
    for kind, labels in (
        (Slice.PETITION_CLASS, {"고충민원", "법정민원"}),
        (Slice.COMPOUND, {"복합민원", "단순민원"}),
        (Slice.CATEGORY, {"road 분야"}),
    ):
        rows = selectors.region_cells("busan", month=OCTOBER, slice=kind)
        assert {row.label_ko for row in rows} == labels


def test_a_month_that_runs_cannot_be_taken_apart(nation_of_two: None) -> None:
    assert selectors.region_cells("busan", month=NOVEMBER, slice=Slice.BUREAU) == []
    assert value("busan", "received", month=NOVEMBER).value == 9


def test_the_bureau_above_a_page_of_departments(nation_of_two: None) -> None:
    found = selectors.region_crumbs("busan", month=OCTOBER, bureau="a2")
    assert found is not None
    assert found.label_ko == "a2국"
    assert selectors.region_crumbs("busan", month=OCTOBER, bureau="zz") is None


def test_submissions_name_every_region(nation_of_two: None) -> None:
    rows = {row.code: row for row in selectors.submissions()}
    assert (rows["busan"].state, rows["busan"].months) == ("received", 3)
    assert rows["busan"].submitted_at == NOW
    assert rows["jeju"].state == "missing"


def test_findings_come_with_what_mends_them(nation: tuple[str, str]) -> None:
    wrong = [department("a1.x", measures(received=9)), category("road", measures(received=8))]
    hand_in("busan", wrong)
    national_refresh(now=NOW)
    busan = next(row for row in selectors.submissions() if row.code == "busan")
    assert (busan.state, busan.submitted_at) == ("failed", None)
    assert [(each.code, bool(each.mend_ko and each.mend_en)) for each in busan.findings] == [
        ("slices_differ", True)
    ]


def test_every_read_enters_the_ministrys_login_by_itself_and_inside_another(
    nation_of_two: None,
) -> None:
    with serving_platform():
        assert len(selectors.regions()) == 16
    with serving_ministry():
        assert len(selectors.submissions()) == 16
