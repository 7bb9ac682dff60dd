"""How the days of a due date were counted, one by one, for people who are not lawyers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sodam.ui.words import weekday

EXTENSION_ARTICLE = "제21조"
DAYS_OFF_ARTICLES = ("제19조", "제161조")
LONGEST_STRIP_DAYS = 56


@dataclass(frozen=True, slots=True)
class Day:
    """One square of the strip. `css`: "" counted, `ext` counted in an extension, `off`, `wait`."""

    number: str
    weekday: str
    css: str
    is_today: bool
    is_end: bool
    spoken: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The squares, and which kinds occur (for the legend)."""

    days: list[Day]
    articles: list[str]

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(day.css or "counted" for day in self.days)


def strip(steps: Sequence[Mapping[str, Any]], *, now: datetime) -> Strip:
    """The days from receipt to due date. Empty when there are more than eight weeks of them."""
    stretches = [_Stretch.read(step) for step in steps]
    articles = list(dict.fromkeys(one.article for one in stretches if one.article))
    if not stretches:
        return Strip([], articles)
    first, last = stretches[0].first_on, stretches[-1].last_on
    if (last - first).days >= LONGEST_STRIP_DAYS:
        return Strip([], articles)
    return Strip(list(_squares(first, last, stretches, today=timezone.localdate(now))), articles)


@dataclass(frozen=True, slots=True)
class _Stretch:
    first_on: date
    last_on: date
    is_counted: bool
    article: str

    @classmethod
    def read(cls, step: Mapping[str, Any]) -> _Stretch:
        start = timezone.localtime(datetime.fromisoformat(str(step["from"])))
        end = timezone.localtime(datetime.fromisoformat(str(step["to"])))
        last = (end - timedelta(microseconds=1)).date()
        return cls(start.date(), max(start.date(), last), bool(step["counted"]), step["article"])

    def covers(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on


def _squares(
    first: date, last: date, stretches: Sequence[_Stretch], *, today: date
) -> Iterator[Day]:
    day, counted, month = first, 0, 0
    while day <= last:
        mine = [one for one in stretches if one.covers(day)]
        css = _css(mine)
        counted += css in {"", "ext"}
        number = f"{day.month}.{day.day}" if day.month != month else str(day.day)
        month = day.month
        spoken = _spoken(css, counted, is_today=day == today, is_end=day == last)
        yield Day(number, weekday(day), css, day == today, day == last, spoken)
        day += timedelta(days=1)


def _css(stretches: Sequence[_Stretch]) -> str:
    counted = [one for one in stretches if one.is_counted]
    if counted:
        return "ext" if all(EXTENSION_ARTICLE in one.article for one in counted) else ""
    is_day_off = all(any(x in one.article for x in DAYS_OFF_ARTICLES) for one in stretches)
    return "off" if is_day_off else "wait"


def _spoken(css: str, counted: int, *, is_today: bool, is_end: bool) -> str:
    words = {
        "": _("%(n)d일째") % {"n": counted},
        "ext": _("%(n)d일째, 연장") % {"n": counted},
        "off": _("쉬는 날, 세지 않음"),
        "wait": _("기다린 날, 세지 않음"),
    }
    more = [_("오늘")] if is_today else []
    more += [_("마감")] if is_end else []
    return ", ".join([words[css], *more])
