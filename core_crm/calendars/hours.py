"""When a city's offices work: its hours on its working days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from core_crm.calendars.errors import BadInstant, BadOfficeHours, CalendarTooShort
from core_crm.calendars.holidays import HolidayTable, public_holidays
from core_crm.calendars.periods import DAY_HOURS, HOUR_SECONDS
from core_crm.calendars.types import CalendarDefinition

SEOUL = ZoneInfo("Asia/Seoul")
ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6

Stretch = tuple[datetime, datetime]
"""From, to."""

DAY_ENDS_AT = time(18)
OFFICE_HOURS = ((time(9), time(12)), (time(13), time(18)))


@dataclass(frozen=True, slots=True)
class CityCalendar:
    """Office hours and holidays of a city, in Asia/Seoul. The default is the standard's."""

    hours: tuple[tuple[time, time], ...] = OFFICE_HOURS
    holidays: HolidayTable = field(default_factory=public_holidays)

    def __post_init__(self) -> None:
        borders = [moment for block in self.hours for moment in block]
        if not borders or any(a >= b for a, b in pairwise(borders)):
            raise BadOfficeHours("근무시간은 겹치지 않고 시간 순서대로여야 합니다.")
        if self.day_seconds < DAY_HOURS * HOUR_SECONDS:
            raise BadOfficeHours(
                "하루 근무시간이 8시간보다 짧으면 처리기간이 법보다 길어집니다.",
                article="민원 처리에 관한 법률 제19조 제1항",
            )

    @classmethod
    def from_document(
        cls, body: Mapping[str, object], *, extra_holidays: Mapping[date, str] | None = None
    ) -> CityCalendar:
        """The calendar of a `calendar` document, with the platform's later declared holidays."""
        definition = CalendarDefinition.model_validate(dict(body))
        table = public_holidays().with_extra(extra_holidays or {})
        return cls(_hours(definition), table)

    @property
    def day_seconds(self) -> int:
        """Working seconds of a working day."""
        return sum(_seconds(end) - _seconds(start) for start, end in self.hours)

    @property
    def last_moment(self) -> time:
        """When a count in days ends: the last working moment until 18:00."""
        ends = [min(end, DAY_ENDS_AT) for start, end in self.hours if start < DAY_ENDS_AT]
        return ends[-1] if ends else self.hours[-1][1]

    @property
    def known_from(self) -> datetime:
        """The first moment whose holidays are known."""
        return datetime.combine(self.holidays.known_from, time.min, SEOUL)

    def covers(self, day: date) -> bool:
        """Are the holidays known on that day?"""
        return self.holidays.known_from <= day <= self.holidays.known_until

    def day_off(self, day: date) -> str:
        """Why nobody works that day: the holiday's name, 일요일, 토요일; empty on a working day.

        관공서의 공휴일에 관한 규정 제2조; Saturdays: 민원처리법 제19조. Raises CalendarTooShort.
        """
        if not self.covers(day):
            raise CalendarTooShort("공휴일 달력이 그 날짜까지 없습니다.", day=day.isoformat())
        if name := self.holidays.names.get(day):
            return name
        return {SATURDAY: "토요일", SUNDAY: "일요일"}.get(day.weekday(), "")

    def is_working_day(self, day: date) -> bool:
        return not self.day_off(day)

    def next_working_day(self, day: date) -> date:
        """The day itself when it is one, else the first after it."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def day_end(self, day: date) -> datetime:
        """When a count in days that ends on this day ends."""
        return datetime.combine(day, self.last_moment, SEOUL)

    def stretches(self, day: date) -> list[Stretch]:
        """The working stretches of a day; none on a day off."""
        if not self.is_working_day(day):
            return []
        return [
            (datetime.combine(day, start, SEOUL), datetime.combine(day, end, SEOUL))
            for start, end in self.hours
        ]

    def is_open(self, at: datetime) -> bool:
        """Does somebody work at this moment? Both borders of a stretch belong to it."""
        moment = seoul(at)
        return any(start <= moment <= end for start, end in self.stretches(moment.date()))

    def working_seconds(self, start: datetime, end: datetime) -> int:
        """Working time between two moments; 0 when the end is not after the start."""
        begin, finish = seoul(start), seoul(end)
        return sum(
            max(0, round((min(to, finish) - max(since, begin)).total_seconds()))
            for day in days_between(begin.date(), finish.date())
            for since, to in self.stretches(day)
        )


def seoul(at: datetime) -> datetime:
    """The moment on a clock in Seoul. Raises BadInstant without a time zone."""
    if at.tzinfo is None or at.utcoffset() is None:
        raise BadInstant("시간대가 없는 시각입니다.", at=at.isoformat())
    return at.astimezone(SEOUL)


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included."""
    day = first
    while day <= last:
        yield day
        day += ONE_DAY


def _seconds(moment: time) -> int:
    return moment.hour * HOUR_SECONDS + moment.minute * 60 + moment.second


def _hours(definition: CalendarDefinition) -> tuple[tuple[time, time], ...]:
    borders = [definition.opens_at]
    for pause in sorted(definition.breaks.values(), key=lambda pause: pause.starts_at):
        borders += [pause.starts_at, pause.ends_at]
    borders.append(definition.closes_at)
    return tuple(zip(borders[::2], borders[1::2], strict=True))
