"""Counting in working hours from the moment of receipt (법 제19조 제1항, 시행령 제19조)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from fractions import Fraction

from core_crm.calendars.adjustments import ARTICLES, DAYS_OFF_ARTICLE
from core_crm.calendars.count_days import Count
from core_crm.calendars.hours import ONE_DAY, SEOUL, CityCalendar, Stretch
from core_crm.calendars.periods import HOUR_SECONDS, Period
from core_crm.calendars.steps import HOURS, Step, StepList

Piece = tuple[datetime, datetime, str]
"""From, to, and the article that leaves it out (empty: it counts)."""


def count_working_hours(count: Count) -> tuple[datetime, list[Step]]:
    """Working hours until the period and its extensions are used up; may end at a closing time."""
    steps = StepList(HOURS)
    parts = [(_seconds(count.period, amount), article) for amount, article in count.parts]
    left, article = parts.pop(0)
    for start, end, reason in _pieces(count):
        if reason:
            steps.add(start, end, Fraction(0), reason)
            continue
        while start < end:
            taken = min(left, end - start)
            steps.add(start, start + taken, _hours(taken), article)
            start, left = start + taken, left - taken
            if not left and not parts:
                return start, steps.steps
            if not left:
                left, article = parts.pop(0)
    raise AssertionError("the pieces of working time never end")  # pragma: no cover


def _pieces(count: Count) -> Iterator[Piece]:
    """Working and left-out time from the receipt on, in order, without end."""
    gaps = sorted((*one.stretch, ARTICLES[one.kind]) for one in count.adjustments)
    start = count.received_at
    while True:
        end = datetime.combine(start.date() + ONE_DAY, time.min, SEOUL)
        for since, to, reason in _cut((start, end), gaps):
            if reason:
                yield since, to, reason
            else:
                yield from _at_work((since, to), count.calendar)
        start = end


def _cut(window: Stretch, gaps: Sequence[Piece]) -> Iterator[Piece]:
    """The window in order, gaps marked with their article; overlapping gaps count once."""
    at, end = window
    for since, to, reason in gaps:
        since, to = max(since, at), min(to, end)
        if since >= to:
            continue
        if at < since:
            yield at, since, ""
        yield since, to, reason
        at = to
    if at < end:
        yield at, end, ""


def _at_work(window: Stretch, calendar: CityCalendar) -> Iterator[Piece]:
    """What of the window is working time; a day off is one left-out piece."""
    start, end = window
    if not calendar.is_working_day(start.date()):
        yield start, end, DAYS_OFF_ARTICLE["hours"]
    for opens, closes in calendar.stretches(start.date()):
        if (since := max(start, opens)) < (to := min(end, closes)):
            yield since, to, ""


def _seconds(period: Period, amount: int) -> timedelta:
    return timedelta(hours=Period(period.unit, amount).working_hours)


def _hours(taken: timedelta) -> Fraction:
    return Fraction(taken // timedelta(microseconds=1), HOUR_SECONDS * 1_000_000)
