"""The running clock on an official's screen: working time left, how much is used, does it stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core_crm.calendars.adjustments import Adjustment
from core_crm.calendars.hours import CityCalendar, Stretch, seoul


@dataclass(frozen=True, slots=True)
class Remaining:
    """Working seconds to the due time and the share used; negative and over 1 once it passed."""

    seconds_left: int
    used_ratio: float
    is_paused: bool

    @property
    def is_overdue(self) -> bool:
        return self.seconds_left < 0


def remaining(
    now: datetime,
    *,
    received_at: datetime,
    due_at: datetime,
    calendar: CityCalendar,
    adjustments: Sequence[Adjustment] = (),
) -> Remaining:
    """Where a petition's clock stands now.

    `adjustments`: those its due time was computed with, and the open one, if any, which it was not:
    while that lasts the clock shows what was left when it began.
    """
    moment = seoul(now)
    pause = next((one for one in adjustments if _holds(one, moment)), None)
    gaps = merged([one.stretch for one in adjustments if not one.is_open])
    at = moment if pause is None else min(moment, pause.until(moment).stretch[0])
    total = counted_seconds(received_at, due_at, calendar, gaps)
    left = counted_seconds(at, due_at, calendar, gaps) or -counted_seconds(
        due_at, at, calendar, gaps
    )
    used = 1 - left / total if total else float(left <= 0)
    return Remaining(left, max(0.0, used), pause is not None)


def _holds(one: Adjustment, moment: datetime) -> bool:
    if one.is_open:
        return one.starts_at <= moment
    return one.stretch[0] <= moment < one.stretch[1]


def counted_seconds(
    start: datetime, end: datetime, calendar: CityCalendar, gaps: Sequence[Stretch]
) -> int:
    """Working seconds from start to end that no gap takes away; gaps in order, without overlap."""
    taken = sum(calendar.working_seconds(max(start, since), min(end, to)) for since, to in gaps)
    return calendar.working_seconds(start, end) - taken


def merged(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The same stretches in order, those that overlap made one."""
    found: list[Stretch] = []
    for since, to in sorted(stretches):
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], to))
        else:
            found.append((since, to))
    return found
