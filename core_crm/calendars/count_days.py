"""Counting in days: working days (법 제19조 제2항), the calendar (제3항, 민법 제159조–제161조)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from core_crm.calendars.adjustments import (
    ARTICLES,
    DAYS_OFF_ARTICLE,
    INSPECTION_DAYS,
    INSPECTION_EXTENDED,
    Adjustment,
    Kind,
)
from core_crm.calendars.hours import ONE_DAY, SEOUL, CityCalendar
from core_crm.calendars.periods import Period, Unit
from core_crm.calendars.steps import CALENDAR_DAYS, DAYS, Step, StepList

ROLLED_ARTICLE = "민법 제161조"


@dataclass(frozen=True, slots=True)
class Count:
    """One question to the clock. `parts`: the period and its extensions, as (amount, article)."""

    period: Period
    received_at: datetime
    calendar: CityCalendar
    adjustments: tuple[Adjustment, ...]
    parts: tuple[tuple[int, str], ...]

    def left_out(self) -> LeftOut:
        return LeftOut(self.adjustments, self.calendar)


class LeftOut:
    """Which days an adjustment leaves out; met in order, to know an inspection's 15th."""

    def __init__(self, adjustments: tuple[Adjustment, ...], calendar: CityCalendar) -> None:
        self._adjustments, self._calendar = adjustments, calendar
        self._inspected = 0

    def article(self, day: date) -> str:
        """The rule that leaves the day out, or nothing."""
        for one in self._adjustments:
            if one.covers_day(day, self._calendar):
                return self._inspection() if one.kind == Kind.INSPECTION else ARTICLES[one.kind]
        return ""

    def _inspection(self) -> str:
        self._inspected += 1
        extended = self._inspected > INSPECTION_DAYS
        return INSPECTION_EXTENDED if extended else ARTICLES[Kind.INSPECTION]


def count_working_days(count: Count) -> tuple[datetime, list[Step]]:
    """Working days with the day of receipt as the first, to the closing of the last."""
    calendar, left_out, steps = count.calendar, count.left_out(), StepList(DAYS)
    day = count.received_at.date()
    for amount, article in count.parts:
        counted = 0
        while counted < amount:
            reason = left_out.article(day)
            if not reason and not calendar.is_working_day(day):
                reason = DAYS_OFF_ARTICLE["days"]
            _add_day(steps, day, calendar, reason=reason, article=article)
            counted += not reason
            day += ONE_DAY
    return calendar.day_end(day - ONE_DAY), steps.steps


def count_calendar(count: Count) -> tuple[datetime, list[Step]]:
    """By the calendar from the day of receipt; a last day off moves to the next working one."""
    calendar, left_out, steps = count.calendar, count.left_out(), StepList(CALENDAR_DAYS)
    first = day = count.received_at.date()
    units, counted = 0, 0
    for amount, article in count.parts:
        units += amount
        length = (nominal_end(first, count.period.unit, units) - first).days + 1
        while counted < length:
            reason = left_out.article(day)
            _add_day(steps, day, calendar, reason=reason, article=article)
            counted += not reason
            day += ONE_DAY
    return _rolled(day - ONE_DAY, calendar, left_out, steps), steps.steps


def nominal_end(first: date, unit: Unit, amount: int) -> date:
    """The last day of a period that begins with its first day (민법 제160조 제2항, 제3항)."""
    if unit == Unit.WEEKS:
        return first + timedelta(weeks=amount) - ONE_DAY
    months = first.year * 12 + first.month - 1 + amount * (12 if unit == Unit.YEARS else 1)
    year, month = months // 12, months % 12 + 1
    last_of_month = monthrange(year, month)[1]
    if first.day > last_of_month:
        return date(year, month, last_of_month)
    return date(year, month, first.day) - ONE_DAY


def _rolled(last: date, calendar: CityCalendar, left_out: LeftOut, steps: StepList) -> datetime:
    """The closing of the last day, or of the first working day after it (민법 제161조)."""
    day = last
    while not calendar.is_working_day(day) or (day > last and left_out.article(day)):
        day += ONE_DAY
    if day > last:
        start = datetime.combine(last + ONE_DAY, time.min, SEOUL)
        steps.add(start, calendar.day_end(day), Fraction(0), ROLLED_ARTICLE)
    return calendar.day_end(day)


def _add_day(
    steps: StepList, day: date, calendar: CityCalendar, *, reason: str, article: str
) -> None:
    start = datetime.combine(day, time.min, SEOUL)
    if reason:
        steps.add(start, start + ONE_DAY, Fraction(0), reason)
        return
    opens = datetime.combine(day, calendar.hours[0][0], SEOUL)
    steps.add(opens, calendar.day_end(day), Fraction(1), article)
