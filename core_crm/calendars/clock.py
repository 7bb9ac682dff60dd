"""The law's clock: by when must a petition be settled, and why then (민원처리법 제19조)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core_crm.calendars.adjustments import (
    EXTENSION_ARTICLE,
    SECOND_EXTENSION_ARTICLE,
    Adjustment,
    Extension,
    adjustments_check,
    extended_amounts,
)
from core_crm.calendars.count_days import Count, count_calendar, count_working_days
from core_crm.calendars.count_hours import count_working_hours
from core_crm.calendars.hours import CityCalendar, seoul
from core_crm.calendars.periods import Counting, Period
from core_crm.calendars.steps import Step

_COUNTERS = {
    Counting.WORKING_HOURS: count_working_hours,
    Counting.WORKING_DAYS: count_working_days,
    Counting.CALENDAR: count_calendar,
}


@dataclass(frozen=True, slots=True)
class Due:
    """The lawful due instant, in Asia/Seoul, and the steps that lead to it."""

    at: datetime
    steps: tuple[Step, ...]

    def as_dict(self) -> dict[str, object]:
        """JSON-ready, as in the contract of `sodam clock`."""
        return {"due_at": self.at.isoformat(), "steps": self.steps_as_json()}

    def steps_as_json(self) -> list[dict[str, str | int | float]]:
        return [step.as_dict() for step in self.steps]


def due(
    period: Period,
    received_at: datetime,
    calendar: CityCalendar,
    *,
    adjustments: Sequence[Adjustment] = (),
    extensions: Sequence[Extension] = (),
    as_of: datetime | None = None,
) -> Due:
    """By when a petition received at that moment must be settled.

    Up to five days run in working hours from the moment of receipt, eight to a day; six days and
    more in working days, the day of receipt included whatever the hour; weeks, months and years by
    the calendar, ending on the next working day (법 제19조; 민법 제159조–제161조). Counts in days
    end at 18:00, or when the offices close before. Stretches in `adjustments` do not count (시행령
    제17조, 제20조); one that still lasts is taken to end at `as_of`. Extensions go on where the
    period ended (시행령 제21조).
    Raises ClockError and its kinds; CalendarTooShort beyond the known holidays.
    """
    received = seoul(received_at)
    closed = [one.until(as_of) for one in adjustments]
    adjustments_check(closed, received)
    articles = [period.counting_article, EXTENSION_ARTICLE, SECOND_EXTENSION_ARTICLE]
    amounts = [period.amount, *extended_amounts(period, extensions)]
    count = Count(
        period, received, calendar, tuple(closed), tuple(zip(amounts, articles, strict=False))
    )
    at, steps = _COUNTERS[period.counting](count)
    return Due(at, tuple(steps))
