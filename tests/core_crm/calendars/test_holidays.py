"""Public holidays: the gazette's table, its continuation, and how far it reaches."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from core_crm.calendars import (
    SEOUL,
    CityCalendar,
    HolidayTable,
    Period,
    Unit,
    due,
    public_holidays,
    reach_check,
)
from core_crm.calendars.errors import CalendarTooShort
from core_crm.calendars.holidays import forecast_holidays


def test_the_gazette_and_the_package_agree_on_every_year_both_know() -> None:
    table = public_holidays()
    years = range(2018, table.gazette_until.year + 1)
    gazette = {day for day in table.names if day.year in years}
    assert gazette == set(forecast_holidays(years))


def test_the_package_continues_the_gazette_in_korean() -> None:
    assert public_holidays().names[date(2028, 1, 27)] == "설날"
    assert public_holidays().known_until.year >= public_holidays().gazette_until.year + 5


@pytest.mark.parametrize("year", [2019, 2026, 2027, 2030, 2037])
def test_every_year_has_its_new_year_and_its_christmas(year: int) -> None:
    assert {date(year, 1, 1), date(year, 12, 25)} <= set(public_holidays().names)


def test_labour_day_and_constitution_day_are_holidays_since_2026_only() -> None:
    names = public_holidays().names
    assert {date(2026, 5, 1), date(2026, 7, 17)} <= set(names)
    assert {date(2025, 5, 1), date(2025, 7, 17)}.isdisjoint(names)


def test_the_calendar_reaches_four_hundred_days_ahead() -> None:
    assert reach_check(date(2026, 11, 24)).days >= 400


def test_a_calendar_that_does_not_reach_four_hundred_days_raises_the_alarm() -> None:
    table = public_holidays()
    short = HolidayTable(table.names, table.known_from, date(2027, 12, 1), date(2027, 12, 1))
    assert reach_check(date(2026, 10, 27), table=short).days == 400
    with pytest.raises(CalendarTooShort) as raised:
        reach_check(date(2026, 10, 28), table=short)
    assert raised.value.facts == {"days": 399, "known_until": "2027-12-01"}


def test_a_due_time_beyond_the_known_holidays_is_refused_not_guessed() -> None:
    table = public_holidays()
    short = HolidayTable(table.names, table.known_from, date(2026, 12, 1), date(2026, 12, 1))
    calendar = CityCalendar(holidays=short)
    at = datetime(2026, 11, 24, 10, tzinfo=SEOUL)
    assert due(Period(Unit.DAYS, 6), at, calendar).at.date() == date(2026, 12, 1)
    with pytest.raises(CalendarTooShort):
        due(Period(Unit.DAYS, 7), at, calendar)


def test_a_receipt_before_the_known_holidays_is_refused_too() -> None:
    with pytest.raises(CalendarTooShort):
        due(Period(Unit.DAYS, 7), datetime(1999, 12, 31, 10, tzinfo=SEOUL), CityCalendar())
