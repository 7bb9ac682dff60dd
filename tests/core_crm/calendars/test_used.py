"""How long a handling took, worked out by hand. 2026-12-25 is Christmas, a Friday."""

from __future__ import annotations

from datetime import date

import pytest

from core_crm.calendars import (
    SEOUL,
    Adjustment,
    CityCalendar,
    Kind,
    Period,
    ProcessingTime,
    Unit,
    processing_time,
)
from tests.conftest import kst

CALENDAR = CityCalendar()
THREE_DAYS = Period(Unit.DAYS, 3)
SEVEN_DAYS = Period(Unit.DAYS, 7)


def took(period: Period, start: str, end: str, *adjustments: Adjustment) -> ProcessingTime:
    return processing_time(
        start=kst(start), end=kst(end), period=period, calendar=CALENDAR, adjustments=adjustments
    )


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-12-21 10:00", "2026-12-21 11:30", 90),
        ("2026-12-21 11:00", "2026-12-21 14:00", 120),  # without the hour at noon
        ("2026-12-21 17:30", "2026-12-22 09:30", 60),  # over a night
        ("2026-12-24 17:00", "2026-12-28 10:00", 120),  # over Christmas and the weekend
        ("2026-12-20 15:00", "2026-12-21 09:10", 10),  # received on a Sunday
        ("2026-12-21 10:00", "2026-12-21 10:00", 0),
        ("2026-12-21 20:00", "2026-12-21 23:00", 0),  # answered in the same night
    ],
)
def test_up_to_five_days_working_minutes_are_counted(start: str, end: str, minutes: int) -> None:
    assert took(THREE_DAYS, start, end) == ProcessingTime(3 * 480, minutes)


def test_at_once_is_three_hours_and_hours_are_hours() -> None:
    at_once = took(Period(Unit.IMMEDIATELY), "2026-12-21 10:00", "2026-12-21 10:45")
    assert at_once == ProcessingTime(180, 45)
    assert (
        took(Period(Unit.HOURS, 5), "2026-12-21 10:00", "2026-12-21 10:45").allowed_minutes == 300
    )


def test_half_a_minute_is_rounded_up_and_less_is_not() -> None:
    assert took(THREE_DAYS, "2026-12-21 10:00:00", "2026-12-21 10:02:30").used_minutes == 3
    assert took(THREE_DAYS, "2026-12-21 10:00:00", "2026-12-21 10:02:29").used_minutes == 2


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-12-21 10:00", "2026-12-21 10:05", 1),  # the first day counts, whatever the hour
        ("2026-12-21 17:59", "2026-12-22 09:01", 2),
        ("2026-12-21 10:00", "2026-12-29 10:00", 6),  # 21 22 23 24 · 28 29
        ("2026-12-26 10:00", "2026-12-26 11:00", 0),  # all of it on a Saturday
        ("2026-12-26 10:00", "2026-12-28 09:00", 1),
        ("2026-12-21 10:00", "2026-12-27 10:00", 4),  # closed on a Sunday
        ("2026-12-30 23:59", "2027-01-04 00:01", 3),  # 30 31 · 4, over New Year's Day
    ],
)
def test_from_six_days_on_working_days_touched_are_counted(start: str, end: str, days: int) -> None:
    assert took(SEVEN_DAYS, start, end) == ProcessingTime(7 * 480, days * 480)


def test_by_the_calendar_every_day_counts_on_both_sides() -> None:
    month = Period(Unit.MONTHS, 1)
    assert took(month, "2026-12-07 10:00", "2026-12-28 10:00") == ProcessingTime(31 * 480, 22 * 480)
    assert took(month, "2027-02-01 10:00", "2027-02-01 11:00") == ProcessingTime(28 * 480, 480)
    assert took(Period(Unit.WEEKS, 2), "2026-12-21 10:00", "2026-12-27 10:00") == ProcessingTime(
        14 * 480, 7 * 480
    )


def test_a_supplement_takes_whole_days_out_of_either_count() -> None:
    waiting = Adjustment(Kind.SUPPLEMENT, kst("2026-12-22 15:00"), kst("2026-12-24 09:30"))
    # Monday 10:00–18:00 less noon, then from Monday the 28th 09:00 to 10:00.
    assert took(THREE_DAYS, "2026-12-21 10:00", "2026-12-28 10:00", waiting).used_minutes == 480
    # 21 · 28 29: the 22nd, 23rd and 24th are the citizen's.
    assert took(SEVEN_DAYS, "2026-12-21 10:00", "2026-12-29 10:00", waiting).used_minutes == 3 * 480


def test_one_that_still_lasts_ends_with_the_handling() -> None:
    waiting = Adjustment(Kind.SUPPLEMENT, kst("2026-12-22 15:00"))
    assert took(SEVEN_DAYS, "2026-12-21 10:00", "2026-12-24 10:00", waiting).used_minutes == 480
    assert took(THREE_DAYS, "2026-12-21 16:00", "2026-12-24 10:00", waiting).used_minutes == 120


def test_overlapping_stretches_are_left_out_once() -> None:
    outage = Adjustment(Kind.OUTAGE, kst("2026-12-21 10:00"), kst("2026-12-21 11:00"))
    again = Adjustment(Kind.OUTAGE, kst("2026-12-21 10:30"), kst("2026-12-21 11:30"))
    assert took(THREE_DAYS, "2026-12-21 09:00", "2026-12-21 12:00", outage, again) == (
        ProcessingTime(3 * 480, 90)
    )


def test_an_outage_of_part_of_a_day_takes_no_day_and_an_inspection_does() -> None:
    outage = Adjustment(Kind.OUTAGE, kst("2026-12-22 10:00"), kst("2026-12-22 11:00"))
    assert took(SEVEN_DAYS, "2026-12-21 10:00", "2026-12-23 10:00", outage).used_minutes == 3 * 480
    inspection = Adjustment.over_days(Kind.INSPECTION, date(2026, 12, 22), date(2026, 12, 23))
    spent = took(SEVEN_DAYS, "2026-12-21 10:00", "2026-12-24 10:00", inspection)
    assert spent.used_minutes == 2 * 480


def test_days_are_those_of_seoul_whatever_clock_the_instants_are_told_by() -> None:
    utc = kst("2026-12-22 00:30").astimezone(tz=None)
    spent = processing_time(
        start=utc, end=kst("2026-12-22 10:00"), period=SEVEN_DAYS, calendar=CALENDAR
    )
    assert spent.used_minutes == 480
    assert utc.astimezone(SEOUL).day == 22


def test_an_end_before_the_start_uses_nothing_but_the_first_day() -> None:
    assert took(THREE_DAYS, "2026-12-21 10:00", "2026-12-21 09:00").used_minutes == 0
    assert took(SEVEN_DAYS, "2026-12-21 10:00", "2026-12-18 09:00").used_minutes == 480
