"""When voices arrive: seasons, weekdays, holidays, hours of the day, and bad days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from core_crm.calendars import SEOUL, CityCalendar
from sodam.demo.dice import Dice

DAYS = 365
WEEKDAYS = (1.3, 1.15, 1.05, 1.0, 0.95, 0.45, 0.4)
HOLIDAY = 0.3
CHANNELS = {
    "portal": 0.47,
    "phone": 0.2,
    "counter": 0.13,
    "sms": 0.07,
    "email": 0.06,
    "api": 0.04,
    "letter": 0.03,
}
OFFICE_CHANNELS = ("phone", "counter", "letter")
NIGHT_AND_DAY = {
    0: 1.6, 1: 0.9, 2: 0.5, 3: 0.3, 4: 0.3, 5: 0.6, 6: 1.4, 7: 3, 8: 5, 9: 7, 10: 8, 11: 7, 12: 5,
    13: 6.5, 14: 7, 15: 6.5, 16: 6, 17: 5, 18: 4.5, 19: 4.5, 20: 5, 21: 5.5, 22: 4.5, 23: 3,
}  # fmt: skip
OFFICE_HOURS = {9: 5, 10: 6, 11: 5, 13: 5, 14: 6, 15: 5, 16: 4, 17: 3}
STORMS = {7: ("water", "safety", "road", "park"), 1: ("safety", "water", "road")}
"""Months with a few bad days (heavy rain, heavy snow), and the categories they fill."""
STORM_DAYS, STORM_STRENGTH = 4, 9.0


class Arrivals:
    """Days of one category's year before `until`, thrown by weight."""

    def __init__(
        self,
        city: str,
        category: str,
        seasons: Mapping[int, float],
        calendar: CityCalendar,
        until: date,
    ) -> None:
        self.calendar = calendar
        self.days = [until - timedelta(days=back) for back in range(DAYS, -1, -1)]
        storms = storm_days(city, self.days)
        self.weights = [
            day_weight(day, calendar)
            * seasons.get(day.month, 1.0)
            * (STORM_STRENGTH if day in storms and category in STORMS[day.month] else 1.0)
            for day in self.days
        ]

    def throw(self, dice: Dice, count: int) -> list[date]:
        return dice.choices(self.days, weights=self.weights, k=count)


def day_weight(day: date, calendar: CityCalendar) -> float:
    """How busy a day is: Mondays most, weekends and holidays least."""
    is_holiday = day.weekday() < 5 and not calendar.is_working_day(day)
    return HOLIDAY if is_holiday else WEEKDAYS[day.weekday()]


def storm_days(city: str, days: list[date]) -> set[date]:
    """The days of heavy rain and snow, the same for all categories of a city."""
    dice = Dice.of(city, "storms", days[-1].year)
    found: set[date] = set()
    for month in STORMS:
        of_month = [day for day in days if day.month == month]
        found |= set(dice.sample(of_month, min(STORM_DAYS, len(of_month))))
    return found


def arrival(day: date, channel: str, dice: Dice) -> datetime:
    """The instant on that day: the portal is open all night, counters are not."""
    hours = OFFICE_HOURS if channel in OFFICE_CHANNELS else NIGHT_AND_DAY
    hour = dice.weighted(hours)
    moment = time(hour, dice.randrange(60), dice.randrange(60))
    return datetime.combine(day, moment, SEOUL)


def channel_on(day: date, calendar: CityCalendar, dice: Dice) -> str:
    """The road a voice takes; on days off the offices are closed."""
    is_open = calendar.is_working_day(day)
    open_roads = {
        road: weight for road, weight in CHANNELS.items() if is_open or road not in OFFICE_CHANNELS
    }
    return dice.weighted(open_roads)
