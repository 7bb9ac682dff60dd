"""Public holidays (관공서의 공휴일): the gazette's table, continued by the `holidays` package."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from holidays import country_holidays

from core_crm.calendars.errors import CalendarTooShort

GAZETTE = Path(__file__).resolve().parents[2] / "fixtures" / "holidays" / "kr_public_holidays.csv"
FIRST_YEAR = 2000
YEARS_BEYOND_THE_GAZETTE = 10
REACH_DAYS = 400


@dataclass(frozen=True, slots=True)
class HolidayTable:
    """Named holidays from `known_from` to `known_until`; outside of them nothing is known.

    `gazette_until`: the last day that rests on an official announcement, not on a forecast.
    """

    names: Mapping[date, str]
    known_from: date
    known_until: date
    gazette_until: date

    def with_extra(self, extra: Mapping[date, str]) -> HolidayTable:
        """The same table with days declared later (임시공휴일, 공휴일에 관한 법률 제2조 제10호)."""
        names = MappingProxyType({**self.names, **extra})
        return HolidayTable(names, self.known_from, self.known_until, self.gazette_until)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far ahead the calendar reaches on a given day."""

    days: int
    gazette_days: int
    known_until: date
    gazette_until: date = field(compare=False)


@lru_cache(maxsize=1)
def public_holidays() -> HolidayTable:
    """The table shipped with the product. Read once."""
    gazette = dict(_read_gazette())
    first, last = min(gazette).year, max(gazette).year
    end = last + YEARS_BEYOND_THE_GAZETTE
    forecast = forecast_holidays([*range(FIRST_YEAR, first), *range(last + 1, end + 1)])
    return HolidayTable(
        MappingProxyType({**forecast, **gazette}),
        known_from=date(FIRST_YEAR, 1, 1),
        known_until=date(end, 12, 31),
        gazette_until=date(last, 12, 31),
    )


def forecast_holidays(years: Iterable[int]) -> dict[date, str]:
    """What the package `holidays` knows or foresees: lunar days, substitutes, elections."""
    return dict(country_holidays("KR", years=years, language="ko"))


def reach_check(today: date, *, table: HolidayTable | None = None) -> Reach:
    """How far ahead the holidays are known; the alarm behind `sodam doctor`.

    Raises CalendarTooShort below 400 days: a petition of a year taken in today must be countable.
    """
    known = table or public_holidays()
    reach = Reach(
        days=(known.known_until - today) // timedelta(days=1),
        gazette_days=(known.gazette_until - today) // timedelta(days=1),
        known_until=known.known_until,
        gazette_until=known.gazette_until,
    )
    if reach.days < REACH_DAYS:
        raise CalendarTooShort(
            f"공휴일 달력이 {reach.days}일 뒤까지만 있습니다. {REACH_DAYS}일 이상이어야 합니다.",
            days=reach.days,
            known_until=known.known_until.isoformat(),
        )
    return reach


def _read_gazette() -> Iterable[tuple[date, str]]:
    with GAZETTE.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            day = date.fromisoformat(row["date"])
            yield day, row["name"]
