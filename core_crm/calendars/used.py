"""How long a handling took, counted as its own period is counted: both sides of a reduction rate.

The law sets periods in three ways (법 제19조); a handling is measured in the way of its period, so
that equal numbers mean equal haste. A day stands for eight hours in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core_crm.calendars.adjustments import Adjustment
from core_crm.calendars.count_days import nominal_end
from core_crm.calendars.hours import CityCalendar, Stretch, days_between, seoul
from core_crm.calendars.periods import DAY_HOURS, Counting, Period
from core_crm.calendars.remaining import counted_seconds, merged

DAY_MINUTES = DAY_HOURS * 60


@dataclass(frozen=True, slots=True)
class ProcessingTime:
    """Minutes the law allowed, extensions not added, and minutes that were used."""

    allowed_minutes: int
    used_minutes: int


def processing_time(
    *,
    start: datetime,
    end: datetime,
    period: Period,
    calendar: CityCalendar,
    adjustments: Sequence[Adjustment] = (),
) -> ProcessingTime:
    """The period from `start` as the law gives it, and what of it was used until `end`.

    In hours: working time, to the nearest minute. In days: working days touched, the first and the
    last included. By the calendar: all days, likewise. Stretches in `adjustments` are not counted;
    one that still lasts ends with the handling.
    """
    begin, finish = seoul(start), max(seoul(start), seoul(end))
    left_out = [one.until(finish) for one in adjustments]
    if period.counting == Counting.WORKING_HOURS:
        gaps = merged([one.stretch for one in left_out])
        return ProcessingTime(period.working_hours * 60, _minutes(begin, finish, calendar, gaps))
    days = [
        day for day in days_between(begin.date(), finish.date()) if _counts(day, left_out, calendar)
    ]
    if period.counting == Counting.WORKING_DAYS:
        days = [day for day in days if calendar.is_working_day(day)]
    return ProcessingTime(_days(period, begin.date()) * DAY_MINUTES, len(days) * DAY_MINUTES)


def _minutes(
    start: datetime, end: datetime, calendar: CityCalendar, gaps: Sequence[Stretch]
) -> int:
    return (counted_seconds(start, end, calendar, gaps) + 30) // 60


def _counts(day: date, left_out: Iterable[Adjustment], calendar: CityCalendar) -> bool:
    return not any(one.covers_day(day, calendar) for one in left_out)


def _days(period: Period, first: date) -> int:
    """Days of the period; weeks, months and years from this first day by the calendar."""
    if period.counting == Counting.WORKING_DAYS:
        return period.amount
    return (nominal_end(first, period.unit, period.amount) - first).days + 1
