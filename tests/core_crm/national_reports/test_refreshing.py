"""Carrying facts to the ministry: idempotent, protected, and one city's trouble stays its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256

import pytest
from django.db import IntegrityError
from django.test import override_settings

from core_crm.kpis.types import MEASURES
from core_crm.national_reports.jobs import refresh
from core_crm.national_reports.models import NationalCell, NationalRun, NationalSubmission
from core_crm.national_reports.services import national_refresh
from core_crm.national_reports.services.facts import FactRow, digest_of
from core_crm.national_reports.types import FAMILIES, Family, Slice, SubmissionState
from tenants.cities import city_set_trial
from tenants.context import serving_ministry, serving_platform, serving_rollup
from tests.conftest import kst
from tests.core_crm.national_reports.kit import (
    NOVEMBER,
    OCTOBER,
    as_owner,
    category,
    department,
    dice,
    hand_in,
    measures,
    some_month,
    unreadable,
    with_one_category,
)

NOW = kst("2026-11-24 12:00")
LATER = kst("2026-11-24 12:05")
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def two_regions(nation: tuple[str, str]) -> tuple[str, str]:
    """Two cities with two months of facts that are over, and one that runs."""
    for at, code in enumerate(nation):
        rows = [
            row
            for number, month in enumerate((SEPTEMBER, OCTOBER, NOVEMBER))
            for row in some_month(dice(10 * at + number), month=month)
        ]
        hand_in(code, rows)
    return nation


def all_cells() -> list[NationalCell]:
    with serving_ministry():
        return list(
            NationalCell.objects.order_by("city_code", "month", "slice", "parent_key", "key")
        )


def submission(code: str) -> NationalSubmission:
    with serving_ministry():
        return NationalSubmission.objects.get(city_code=code)


def test_refreshing_twice_publishes_the_same(two_regions: tuple[str, str]) -> None:
    first = national_refresh(now=NOW)
    ids = {cell.pk for cell in all_cells()}
    again = national_refresh(now=LATER)
    assert (again.cities, again.cells, again.digest) == (2, first.cells, first.digest)
    assert {cell.pk for cell in all_cells()} == ids  # nothing had changed: nothing was written


def test_publishing_all_anew_gives_the_same_digest(two_regions: tuple[str, str]) -> None:
    first = national_refresh(now=NOW)
    ids = {cell.pk for cell in all_cells()}
    anew = national_refresh(now=LATER, full=True)
    assert anew.digest == first.digest
    assert ids.isdisjoint(cell.pk for cell in all_cells())


def test_months_published_one_by_one_are_what_all_at_once_would_be(
    nation: tuple[str, str],
) -> None:
    busan = nation[0]
    september, october = (some_month(dice(n), month=m) for n, m in ((1, SEPTEMBER), (2, OCTOBER)))
    hand_in(busan, september)
    national_refresh(now=NOW)
    hand_in(busan, september + october)
    step_by_step = national_refresh(now=NOW)
    assert national_refresh(now=LATER, full=True).digest == step_by_step.digest


def test_a_changed_month_is_replaced_and_the_others_are_left(two_regions: tuple[str, str]) -> None:
    national_refresh(now=NOW)
    before = {cell.pk: (cell.city_code, cell.month) for cell in all_cells()}
    rows = some_month(dice(0), month=SEPTEMBER)
    rows += some_month(dice(77), month=OCTOBER) + some_month(dice(2), month=NOVEMBER)
    hand_in(two_regions[0], rows)
    national_refresh(now=LATER)
    gone = {before[pk] for pk in before.keys() - {cell.pk for cell in all_cells()}}
    assert gone == {(two_regions[0], OCTOBER)}


def test_a_month_that_left_the_facts_leaves_the_tables(two_regions: tuple[str, str]) -> None:
    national_refresh(now=NOW)
    hand_in(two_regions[0], some_month(dice(1), month=OCTOBER))
    national_refresh(now=LATER)
    mine = {cell.month for cell in all_cells() if cell.city_code == two_regions[0]}
    assert mine == {OCTOBER}


def test_hidden_figures_are_null_and_all_others_are_numbers(two_regions: tuple[str, str]) -> None:
    national_refresh(now=NOW)
    cells = all_cells()
    for cell in cells:
        hidden = {name for family in cell.hidden for name in FAMILIES[Family(family)]}
        assert {name for name in MEASURES if getattr(cell, name) is None} == hidden
    assert any(cell.hidden for cell in cells)


def test_the_database_refuses_a_hidden_figure(two_regions: tuple[str, str]) -> None:
    national_refresh(now=NOW)
    with serving_rollup():
        hidden = NationalCell.objects.filter(hidden__contains=["received"]).first()
        assert hidden is not None
        hidden.received = 3
        with pytest.raises(IntegrityError, match="received_hidden_is_null"):
            hidden.save()


def test_no_small_count_is_published(two_regions: tuple[str, str]) -> None:
    national_refresh(now=NOW)
    for cell in all_cells():
        for name in ("received", "closed", "settled", "invited", "rated", "speed_count"):
            assert getattr(cell, name) not in (1, 2, 3, 4)


def test_every_published_sum_is_consistent(two_regions: tuple[str, str]) -> None:
    """Where a whole and all its parts show a measure, the parts add up to it."""
    national_refresh(now=NOW)
    cells = all_cells()
    compared = 0
    for whole in cells:
        for kind in _parts_of(whole):
            parts = [
                each
                for each in cells
                if (each.city_code, each.month, each.slice) == (whole.city_code, whole.month, kind)
                and (kind != Slice.DEPARTMENT or each.parent_key == whole.key)
            ]
            for name in MEASURES if parts else ():
                values = [getattr(each, name) for each in (whole, *parts)]
                if None not in values:
                    assert values[0] == sum(values[1:])
                    compared += 1
    assert compared > 100


def _parts_of(whole: NationalCell) -> tuple[Slice, ...]:
    if whole.slice == Slice.BUREAU:
        return (Slice.DEPARTMENT,)
    if whole.slice == Slice.CITY:
        return (Slice.BUREAU, Slice.CATEGORY, Slice.PETITION_CLASS, Slice.COMPOUND)
    return ()


def test_what_is_left_over_beside_hidden_cells_is_of_five_cases_or_more(
    two_regions: tuple[str, str],
) -> None:
    """Minutes and points of the hidden parts together can be computed: never of a few cases."""
    national_refresh(now=NOW)
    cells = all_cells()
    found = 0
    for whole in cells:
        for kind, count in ((k, c) for k in _parts_of(whole) for c in ("settled", "rated")):
            parts = [
                each
                for each in cells
                if (each.city_code, each.month, each.slice) == (whole.city_code, whole.month, kind)
                and (kind != Slice.DEPARTMENT or each.parent_key == whole.key)
            ]
            shown = [getattr(part, count) for part in parts]
            if parts and getattr(whole, count) is not None and None in shown:
                left = getattr(whole, count) - sum(value for value in shown if value)
                assert left == 0 or left >= 5
                found += 1
    assert found


def test_a_month_that_runs_has_the_regions_total_only(two_regions: tuple[str, str]) -> None:
    national_refresh(now=NOW)
    assert {cell.slice for cell in all_cells() if cell.month == NOVEMBER} == {Slice.CITY}
    assert len({cell.slice for cell in all_cells() if cell.month == OCTOBER}) == 6


def test_when_the_month_is_over_it_is_taken_apart(two_regions: tuple[str, str]) -> None:
    national_refresh(now=NOW)
    national_refresh(now=kst("2026-12-01 00:05"))
    assert len({cell.slice for cell in all_cells() if cell.month == NOVEMBER}) == 6


def test_a_new_name_of_a_department_is_published_and_the_digest_stays(
    nation: tuple[str, str],
) -> None:
    rows = with_one_category([department("a1.road", measures(received=8))])
    hand_in(nation[0], rows)
    before = national_refresh(now=NOW)
    hand_in(nation[0], [replace(row, department=(row.department[0], "도로과")) for row in rows])
    after = national_refresh(now=LATER)
    assert "도로과" in {cell.label_ko for cell in all_cells()}
    assert after.digest == before.digest


def test_the_fingerprints_of_facts_cannot_be_guessed_from_the_facts(
    nation: tuple[str, str],
) -> None:
    """Else whoever reads them tries the four values of a hidden count until one fits."""
    rows = with_one_category([department("a1.road", measures(received=3))])
    hand_in("busan", rows)
    national_refresh(now=NOW)
    told = submission("busan")
    plain = digest_of(rows)
    guesses = {plain, *(sha256(text.encode()).hexdigest() for text in (plain, f"1\nTrue\n{plain}"))}
    assert guesses.isdisjoint({told.digest, *told.month_digests.values()})
    with override_settings(SECRET_KEY="another"):
        national_refresh(now=LATER)
    assert submission("busan").digest != told.digest


@pytest.fixture
def unreadable_busan(two_regions: tuple[str, str]) -> Iterator[None]:
    """Both are published; then the table of one cannot be read any more."""
    national_refresh(now=NOW)
    with unreadable("busan"):
        yield


def test_a_city_that_cannot_be_read_keeps_its_cells_and_is_told(unreadable_busan: None) -> None:
    before = [cell.pk for cell in all_cells() if cell.city_code == "busan"]
    hand_in("seoul", some_month(dice(5), month=OCTOBER))
    found = national_refresh(now=LATER)
    assert (found.cities, found.failed) == (1, ("busan",))
    assert [cell.pk for cell in all_cells() if cell.city_code == "busan"] == before != []
    busan, seoul = submission("busan"), submission("seoul")
    assert (busan.state, busan.tried_at, busan.submitted_at) == ("failed", LATER, NOW)
    assert [each["code"] for each in busan.findings] == ["cannot_read"]
    assert (seoul.state, seoul.submitted_at, seoul.months) == ("received", LATER, 1)


def test_a_city_that_can_be_read_again_goes_on(two_regions: tuple[str, str]) -> None:
    with unreadable("busan"):
        assert national_refresh(now=NOW).failed == ("busan",)
    assert national_refresh(now=LATER).failed == ()
    assert submission("busan").findings == []


def test_a_city_being_migrated_does_not_stop_the_others(two_regions: tuple[str, str]) -> None:
    with as_owner() as owner:
        owner.execute("LOCK TABLE busan.core_kpis_monthfact IN ACCESS EXCLUSIVE MODE")
        found = national_refresh(now=NOW)
    assert (found.cities, found.failed) == (1, ("busan",))


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        (
            with_one_category([department("a1.road", measures(closed=9) | {"on_time": 10})]),
            "impossible_counts",
        ),
        (
            [department("a1.road", measures(received=9)), category("road", measures(received=8))],
            "slices_differ",
        ),
    ],
)
def test_facts_that_contradict_themselves_are_not_published(
    nation: tuple[str, str], rows: list[FactRow], finding: str
) -> None:
    hand_in("busan", with_one_category([department("a1.road", measures(received=30))]))
    national_refresh(now=NOW)
    hand_in("busan", rows)
    assert national_refresh(now=LATER).failed == ("busan",)
    assert [each["code"] for each in submission("busan").findings] == [finding]
    assert {cell.received for cell in all_cells() if cell.slice == Slice.CITY} == {30}


def test_what_a_city_should_look_into_is_told_beside_its_figures(nation: tuple[str, str]) -> None:
    rows = [department("", measures(received=9), month=date(2026, 7, 1))]
    rows += [department("a1.road", measures(received=9), month=SEPTEMBER)]
    hand_in("busan", with_one_category(rows))
    national_refresh(now=NOW)
    busan = submission("busan")
    codes = [each["code"] for each in busan.findings]
    assert (busan.state, busan.is_late) == ("received", True)
    assert codes == ["last_month_missing", "gap", "no_department"]


def test_a_city_without_facts_and_those_not_open_are_missing(nation: tuple[str, str]) -> None:
    hand_in("seoul", some_month(dice(3)))
    found = national_refresh(now=NOW)
    assert found.cities == 1
    assert submission("busan").state == SubmissionState.MISSING
    assert submission("jeju").state == SubmissionState.MISSING


def test_every_refresh_leaves_a_row_and_old_ones_are_let_go(nation: tuple[str, str]) -> None:
    with serving_rollup():
        NationalRun.objects.bulk_create(
            NationalRun(ran_at=NOW - timedelta(minutes=n), cities=0, cells=0, digest="")
            for n in range(1, 521)
        )
    found = national_refresh(now=NOW)
    with serving_ministry():
        assert NationalRun.objects.count() == 500
        newest = NationalRun.objects.latest("ran_at")
    assert (newest.ran_at, newest.digest) == (NOW, found.digest)


def test_the_job_runs_on_the_platform(two_regions: tuple[str, str]) -> None:
    with serving_platform():
        assert refresh() == len(all_cells()) > 0


def test_time_of_reading_is_the_time_given(nation: tuple[str, str]) -> None:
    hand_in("busan", some_month(dice(1)))
    national_refresh(now=NOW)
    assert submission("busan").tried_at == NOW
    assert isinstance(submission("busan").data_at, datetime)


def test_a_city_on_trial_is_not_open_yet_to_the_ministry(two_regions: tuple[str, str]) -> None:
    city_set_trial("busan", is_trial=True)
    try:
        assert national_refresh(now=NOW).cities == 1
        assert submission("busan").state == SubmissionState.MISSING
        assert {cell.city_code for cell in all_cells()} == {"seoul"}
    finally:
        city_set_trial("busan", is_trial=False)
    assert national_refresh(now=LATER).cities == 2
