"""When a length of time in a workflow document ends: elapsed time, or the office's working days."""

from __future__ import annotations

from datetime import datetime, timedelta

from core_crm.calendars import SEOUL, CityCalendar
from core_crm.workflows.types import Span

ELAPSED = {"hours": timedelta(hours=1), "days": timedelta(days=1)}


def span_ends_at(span: Span, *, start: datetime, calendar: CityCalendar) -> datetime:
    """The instant at which the span that began at `start` is over.

    Working days do not count the first day, and end with the office on the last.
    """
    if span.unit in ELAPSED:
        return start + span.amount * ELAPSED[span.unit]
    day = start.astimezone(SEOUL).date()
    for _ in range(span.amount):
        day = calendar.next_working_day(day + timedelta(days=1))
    return calendar.day_end(day)


def surely_not_before(span: Span) -> timedelta:
    """No span of this length ends sooner after its start: for a first look in the database."""
    if span.unit in ELAPSED:
        return span.amount * ELAPSED[span.unit]
    return timedelta(days=span.amount - 1)
