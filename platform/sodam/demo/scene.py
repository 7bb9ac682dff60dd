"""Where lives are lived: one city at one moment, with its clock, people and tempers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from core_crm.calendars import SEOUL, CityCalendar
from sodam.demo.dice import Dice
from sodam.demo.facts import city_names
from sodam.demo.office_time import OfficeTime
from sodam.demo.staffing import Staffing, staffing_of

BACK, AHEAD = timedelta(days=420), timedelta(days=400)
QUICKEST, SLOWEST = 0.22, 0.62


@dataclass(frozen=True, slots=True)
class Temper:
    """How a department works: the median share of the period it uses, and how kind it is."""

    used_share: float
    kindness: float


class Scene:
    """One city as the generator sees it. Nothing happens after `now`.

    `own`: the categories it has beside the standard; none where its overlay is not in force.
    """

    def __init__(
        self, city: str, *, now: datetime, calendar: CityCalendar, own: Collection[str] = ()
    ) -> None:
        self.city, self.now, self.calendar = city, now.astimezone(SEOUL), calendar
        self.own = frozenset(own)
        self._tempers: dict[str, Temper] = {}

    @cached_property
    def time(self) -> OfficeTime:
        return OfficeTime(self.calendar, (self.now - BACK).date(), (self.now + AHEAD).date())

    @cached_property
    def staffing(self) -> Staffing:
        return staffing_of(self.city)

    @cached_property
    def name(self) -> str:
        return city_names()[self.city]

    @property
    def today(self) -> date:
        return self.now.date()

    def temper(self, department: str) -> Temper:
        """The same department is always the same, so that scores tell them apart."""
        if department not in self._tempers:
            dice = Dice.of(self.city, "temper", department)
            self._tempers[department] = Temper(
                dice.uniform(QUICKEST, SLOWEST), dice.uniform(3.4, 4.6)
            )
        return self._tempers[department]
