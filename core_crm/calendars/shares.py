"""Working time between two moments, and the moment at which a part of it is used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from core_crm.calendars.hours import CityCalendar, Stretch, days_between, seoul


class WorkingTime:
    """The working time from start to end that no gap takes away.

    `gaps` in order and without overlap (`merged`). Counted once, asked as often as one likes.
    """

    def __init__(
        self,
        start: datetime,
        end: datetime,
        calendar: CityCalendar,
        *,
        gaps: Sequence[Stretch] = (),
    ) -> None:
        self._end = seoul(end)
        self._stretches = [
            (since, round((to - since).total_seconds()))
            for since, to in _counted(seoul(start), self._end, calendar, gaps)
        ]
        self.seconds = sum(seconds for _since, seconds in self._stretches)

    def after(self, seconds: int) -> datetime:
        """The moment at which so much of it is used; the end when there is no more."""
        for since, lasts in self._stretches:
            if lasts >= seconds:
                return since + timedelta(seconds=seconds)
            seconds -= lasts
        return self._end

    def until(self, moment: datetime) -> int:
        """How many of its seconds lie before a moment."""
        at = seoul(moment)
        return sum(
            min(max(round((at - since).total_seconds()), 0), lasts)
            for since, lasts in self._stretches
        )


def moment_at_share(
    start: datetime,
    end: datetime,
    *,
    percent: int,
    calendar: CityCalendar,
    gaps: Sequence[Stretch] = (),
) -> datetime:
    """When `percent` of the working time from start to end is used; without any: the end."""
    worked = WorkingTime(start, end, calendar, gaps=gaps)
    return worked.after(worked.seconds * percent // 100)


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
