"""Which of two periods is the longer one, for promises that may only be shorter than the law."""

from __future__ import annotations

from core_crm.calendars.periods import DAY_HOURS, Period, Unit

CALENDAR_DAYS = {Unit.WEEKS: 7, Unit.MONTHS: 30, Unit.YEARS: 365}
WORKING_DAYS_A_WEEK = 5


def is_not_longer(wanted: Period, lawful: Period) -> bool:
    """May the one be promised where the law gives the other?

    Working hours and days are compared as such, eight to a day; weeks and longer as days of the
    calendar; one of each as if every week had five working days. The count itself decides in the
    end: a promise is never shown later than the lawful due time.
    """
    if wanted.unit in CALENDAR_DAYS and lawful.unit in CALENDAR_DAYS:
        return _calendar_days(wanted) <= _calendar_days(lawful)
    return _hours(wanted) <= _hours(lawful)


def _calendar_days(period: Period) -> int:
    return period.amount * CALENDAR_DAYS[period.unit]


def _hours(period: Period) -> int:
    if period.unit in CALENDAR_DAYS:
        return _calendar_days(period) * WORKING_DAYS_A_WEEK * DAY_HOURS // 7
    return period.working_hours
