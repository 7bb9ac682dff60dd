"""Lawful processing periods (처리기간): their units, and the one each class of petition has."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from core_crm.calendars.errors import BadPeriod, NoDefaultPeriod

ACT = "민원 처리에 관한 법률"
DECREE = "민원 처리에 관한 법률 시행령"

HOUR_SECONDS = 3600
DAY_HOURS = 8
"""법 제19조 제1항: one day is eight working hours."""
LONGEST_DAYS_IN_HOURS = 5
"""법 제19조 제1항: a period of up to five days runs in hours."""
IMMEDIATELY_HOURS = 3
"""시행령 제19조: *immediately* (즉시) is within three working hours."""


class Unit(StrEnum):
    """What a period is given in."""

    IMMEDIATELY = "immediately"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class Counting(StrEnum):
    """How the clock runs."""

    WORKING_HOURS = "hours"
    WORKING_DAYS = "days"
    CALENDAR = "calendar_days"


@dataclass(frozen=True, slots=True)
class Period:
    """A period, e.g. `Period(Unit.DAYS, 7)`. `article`: the rule it comes from, if known."""

    unit: Unit
    amount: int = 1
    article: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.unit not in list(Unit):
            raise BadPeriod(
                "처리기간의 단위를 알 수 없습니다.", unit=str(self.unit), units=list(Unit)
            )
        if isinstance(self.amount, bool) or not isinstance(self.amount, int) or self.amount < 1:
            raise BadPeriod("처리기간은 1 이상의 정수여야 합니다.", amount=str(self.amount))
        if self.unit == Unit.IMMEDIATELY and self.amount != 1:
            raise BadPeriod("‘즉시’에는 수를 붙이지 않습니다.", amount=self.amount)
        object.__setattr__(self, "unit", Unit(self.unit))

    @property
    def counting(self) -> Counting:
        """Hours up to five days, days above, the calendar for weeks and longer (법 제19조)."""
        if self.unit in (Unit.IMMEDIATELY, Unit.HOURS):
            return Counting.WORKING_HOURS
        if self.unit != Unit.DAYS:
            return Counting.CALENDAR
        if self.amount <= LONGEST_DAYS_IN_HOURS:
            return Counting.WORKING_HOURS
        return Counting.WORKING_DAYS

    @property
    def working_hours(self) -> int:
        """The period in working hours. Only for periods counted in hours."""
        if self.unit == Unit.IMMEDIATELY:
            return IMMEDIATELY_HOURS
        return self.amount * DAY_HOURS if self.unit == Unit.DAYS else self.amount

    @property
    def counting_article(self) -> str:
        """The rule by which it is counted."""
        if self.unit == Unit.IMMEDIATELY:
            return f"{DECREE} 제19조"
        paragraph = {
            Counting.WORKING_HOURS: "제1항",
            Counting.WORKING_DAYS: "제2항",
            Counting.CALENDAR: "제3항, 민법 제159조–제161조",
        }[self.counting]
        return f"{ACT} 제19조 {paragraph}"


_DEFAULTS = {
    "inquiry_legal": Period(Unit.DAYS, 14, f"{DECREE} 제14조 제1호"),
    "inquiry": Period(Unit.DAYS, 7, f"{DECREE} 제14조 제2호"),
    "suggestion": Period(Unit.DAYS, 14, f"{DECREE} 제15조"),
    "other": Period(Unit.IMMEDIATELY, 1, f"{DECREE} 제16조 제1항"),
    "grievance": Period(Unit.DAYS, 7, f"{DECREE} 제17조 제1항"),
}


def default_period(petition_class: str) -> Period:
    """The period the decree gives a class of petition, with its article (시행령 제14조–제17조).

    A statutory petition (법정민원) has none: its service item sets it (법 제17조).
    Raises NoDefaultPeriod.
    """
    if petition_class not in _DEFAULTS:
        raise NoDefaultPeriod(
            "처리기간이 정해져 있지 않은 민원 종류입니다.", petition_class=petition_class
        )
    return _DEFAULTS[petition_class]
