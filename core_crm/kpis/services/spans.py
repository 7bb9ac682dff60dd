"""Days as conditions in SQL: neighbours in one span, so that an index reads each once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core_crm.calendars import SEOUL

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on one column, and its parameters in their order."""

    sql: str
    params: tuple[date, ...]


def whole_months(days: Collection[date]) -> list[date]:
    """Every day of the months these days lie in."""
    firsts = {day.replace(day=1) for day in days}
    return [day for first in firsts for day in _month(first)]


def on_days(column: str, days: Collection[date] | None) -> Condition:
    """The column, a date, is one of these days; None: any day."""
    return _within(column, None if days is None else spans(days))


def at_days(column: str, days: Collection[date] | None) -> Condition:
    """The column, an instant, lies on one of these days in Seoul; None: on any, but on one."""
    if days is None:
        return Condition(f"{column} IS NOT NULL", ())
    return _within(column, instants(days))


def instants(days: Collection[date]) -> list[tuple[datetime, datetime]]:
    """The same stretches as instants: midnights in Seoul, the end not included."""
    return [(_midnight(first), _midnight(end)) for first, end in spans(days)]


def spans(days: Collection[date]) -> list[tuple[date, date]]:
    """First day and the day after the last of each unbroken stretch."""
    found: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if found and found[-1][1] == day:
            found[-1] = (found[-1][0], day + ONE_DAY)
        else:
            found.append((day, day + ONE_DAY))
    return found


def _within(column: str, found: Sequence[tuple[date, date]] | None) -> Condition:
    if found is None:
        return Condition("TRUE", ())
    one = f"({column} >= %s AND {column} < %s)"
    params = tuple(border for span in found for border in span)
    return Condition(" OR ".join([one] * len(found)) or "FALSE", params)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SEOUL)


def _month(first: date) -> list[date]:
    day, found = first, []
    while day.month == first.month:
        found.append(day)
        day += ONE_DAY
    return found
