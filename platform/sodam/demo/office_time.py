"""Working time as a line: hours since a first day, for adding and comparing amounts of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta
from functools import cached_property

from core_crm.calendars import SEOUL, CityCalendar

HOUR = 3600.0


class OfficeTime:
    """Instants and working hours, there and back. Outside office hours the line stands still."""

    def __init__(self, calendar: CityCalendar, first: date, last: date) -> None:
        self.calendar = calendar
        span = (last - first).days
        every = [first + timedelta(days=step) for step in range(span + 1)]
        self.days = [day for day in every if calendar.is_working_day(day)]

    @cached_property
    def day_hours(self) -> float:
        return self.calendar.day_seconds / HOUR

    def position(self, at: datetime) -> float:
        """Working hours passed since the first day."""
        local = at.astimezone(SEOUL)
        index = bisect_left(self.days, local.date())
        if index == len(self.days) or self.days[index] != local.date():
            return index * self.day_hours
        passed = sum(
            max(0.0, (min(end, local) - start).total_seconds())
            for start, end in self.calendar.stretches(local.date())
        )
        return index * self.day_hours + passed / HOUR

    def instant(self, position: float) -> datetime:
        """The instant at which that many working hours have passed."""
        index = min(int(position // self.day_hours), len(self.days) - 1)
        left = (position - index * self.day_hours) * HOUR
        for start, end in self.calendar.stretches(self.days[index]):
            length = (end - start).total_seconds()
            if left <= length:
                return start + timedelta(seconds=round(left))
            left -= length
        return end

    def later(self, at: datetime, hours: float) -> datetime:
        """So many working hours after an instant."""
        return self.instant(self.position(at) + hours)

    def working_days_before(self, day: date) -> list[date]:
        """Working days up to and with a day, the latest first."""
        return self.days[: bisect_right(self.days, day)][::-1]
