"""How long backups are kept: 14 days, then the newest of each of 8 weeks and of 12 months."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

DAILY, WEEKLY, MONTHLY = 14, 8, 12
SEOUL = ZoneInfo("Asia/Seoul")

T = TypeVar("T")


def kept(made: Iterable[tuple[T, datetime]]) -> set[T]:
    """Which of these backups stay. Days, weeks and months are Korea's; only those with a backup
    count, so a system that stood still for a year has its backups afterwards."""
    newest_first = sorted(made, key=lambda one: one[1], reverse=True)
    stay: set[T] = set()
    for most, period in ((DAILY, _day), (WEEKLY, _week), (MONTHLY, _month)):
        stay |= _newest_of_each(newest_first, period, most)
    return stay


def _newest_of_each(
    newest_first: list[tuple[T, datetime]], period: Callable[[datetime], object], most: int
) -> set[T]:
    found: dict[object, T] = {}
    for name, at in newest_first:
        found.setdefault(period(at.astimezone(SEOUL)), name)
    return set(list(found.values())[:most])


def _day(at: datetime) -> object:
    return at.date()


def _week(at: datetime) -> object:
    return at.isocalendar()[:2]


def _month(at: datetime) -> object:
    return at.year, at.month
