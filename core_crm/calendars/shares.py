"""The moment at which a share of a clock's working time is used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from core_crm.calendars.hours import CityCalendar, Stretch, days_between, seoul
from core_crm.calendars.remaining import counted_seconds


def moment_at_share(
    start: datetime,
    end: datetime,
    *,
    percent: int,
    calendar: CityCalendar,
    gaps: Sequence[Stretch] = (),
) -> datetime:
    """When `percent` of the working time from start to end is used; gaps are not working time.

    `gaps` in order and without overlap (`merged`). Without working time between them: the end.
    """
    begin, finish = seoul(start), seoul(end)
    wanted = counted_seconds(begin, finish, calendar, gaps) * percent // 100
    for since, to in _counted(begin, finish, calendar, gaps):
        seconds = round((to - since).total_seconds())
        if seconds >= wanted:
            return since + timedelta(seconds=wanted)
        wanted -= seconds
    return finish


def _counted(
    begin: datetime, finish: datetime, calendar: CityCalendar, gaps: Sequence[Stretch]
) -> list[Stretch]:
    """The working stretches between two moments that no gap takes away, in order."""
    found = []
    for day in days_between(begin.date(), finish.date()):
        for opens, closes in calendar.stretches(day):
            since, to = max(opens, begin), min(closes, finish)
            found += _without(since, to, gaps) if since < to else []
    return found


def _without(since: datetime, to: datetime, gaps: Sequence[Stretch]) -> list[Stretch]:
    left = []
    for start, end in gaps:
        if end <= since or start >= to:
            continue
        if start > since:
            left.append((since, start))
        since = end
        if since >= to:
            return left
    return [*left, (since, to)]
