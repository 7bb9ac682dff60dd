"""What `sodam clock` prints, and the running clock of a screen."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest

from core_crm.calendars import (
    SEOUL,
    Adjustment,
    CityCalendar,
    Kind,
    Period,
    Unit,
    city_calendar,
    clock_answer,
    due,
    remaining,
)

CALENDAR = CityCalendar()
AT = datetime(2026, 11, 24, 10, tzinfo=SEOUL)


def test_the_answer_is_json_with_due_time_and_steps() -> None:
    answer = json.loads(
        json.dumps(clock_answer(unit="days", amount=3, received="2026-12-23T15:30"))
    )
    assert answer["due_at"] == "2026-12-29T15:30:00+09:00"
    assert all(
        set(step) == {"from", "to", "counted", "unit", "article"} for step in answer["steps"]
    )
    assert [step["counted"] for step in answer["steps"]] == [2.5, 8, 0, 8, 5.5]


def test_each_counted_step_cites_its_article() -> None:
    answer = clock_answer(
        unit="days",
        amount=7,
        received="2026-11-24T10:00+09:00",
        supplements=["2026-11-25..2026-11-25"],
        outages=["2026-11-26..2026-11-26"],
        inspections=["2026-11-27..2026-11-28"],
        extended=True,
    )
    cited = " ".join(str(step["article"]) for step in _steps(answer))
    for article in ("제19조 제2항", "제11조 제1호", "제20조 제2호", "제17조 제5항", "제21조 제1항"):
        assert article in cited


def test_an_instant_in_another_zone_is_answered_in_seoul() -> None:
    utc = clock_answer(unit="immediately", received="2026-11-24T01:00:00+00:00")
    assert utc == clock_answer(unit="immediately", received="2026-11-24T10:00:00")


def test_the_standard_calendar_document_is_nine_to_six_with_an_hour_off() -> None:
    assert city_calendar().hours == CALENDAR.hours
    assert city_calendar().day_seconds == 8 * 3600


def test_a_day_declared_later_comes_from_the_platforms_table() -> None:
    late = city_calendar(extra_holidays={date(2026, 11, 25): "임시공휴일"})
    assert late.day_off(date(2026, 11, 25)) == "임시공휴일"
    assert city_calendar().day_off(date(2026, 11, 25)) == ""


@pytest.mark.parametrize(
    ("now", "seconds_left", "is_overdue"),
    [
        (AT, 55 * 3600, False),
        (AT.replace(hour=12, minute=30), 53 * 3600, False),
        (AT.replace(hour=22), 48 * 3600, False),
        (datetime(2026, 12, 2, 18, tzinfo=SEOUL), 0, False),
        (datetime(2026, 12, 3, 10, tzinfo=SEOUL), -3600, True),
    ],
)
def test_the_running_clock_counts_working_time_only(
    now: datetime, seconds_left: int, is_overdue: bool
) -> None:
    end = due(Period(Unit.DAYS, 7), AT, CALENDAR).at
    clock = remaining(now, received_at=AT, due_at=end, calendar=CALENDAR)
    assert (clock.seconds_left, clock.is_overdue) == (seconds_left, is_overdue)


def test_while_a_supplement_is_awaited_the_clock_stands() -> None:
    end = due(Period(Unit.DAYS, 7), AT, CALENDAR).at
    waiting = Adjustment(Kind.SUPPLEMENT, AT + timedelta(days=1))
    readings = [
        remaining(
            AT + timedelta(days=days),
            received_at=AT,
            due_at=end,
            calendar=CALENDAR,
            adjustments=[waiting],
        )
        for days in (2, 20)
    ]
    assert all(reading.is_paused for reading in readings)
    assert {reading.seconds_left for reading in readings} == {48 * 3600}


def test_after_the_supplement_the_clock_goes_on_where_it_stood() -> None:
    gone = Adjustment.over_days("supplement", date(2026, 11, 25), date(2026, 11, 27))
    end = due(Period(Unit.DAYS, 7), AT, CALENDAR, adjustments=[gone]).at
    monday = datetime(2026, 11, 30, 9, tzinfo=SEOUL)
    clock = remaining(monday, received_at=AT, due_at=end, calendar=CALENDAR, adjustments=[gone])
    assert (clock.seconds_left, clock.is_paused) == (48 * 3600, False)
    assert clock.used_ratio == pytest.approx(7 / 55)


def _steps(answer: dict[str, object]) -> list[dict[str, object]]:
    steps = answer["steps"]
    assert isinstance(steps, list)
    return steps
