"""Working time as a line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_crm.calendars import CityCalendar
from sodam.demo.office_time import OfficeTime
from tests.conftest import kst

OFFICE = OfficeTime(CityCalendar(), date(2026, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("at", "hours", "expected"),
    [
        ("2026-11-24 10:00", 1, "2026-11-24 11:00"),
        ("2026-11-24 11:30", 1, "2026-11-24 13:30"),  # over lunch
        ("2026-11-24 17:30", 1, "2026-11-25 09:30"),  # over night
        ("2026-11-27 17:00", 2, "2026-11-30 10:00"),  # over the weekend
        ("2026-12-24 17:00", 2, "2026-12-28 10:00"),  # over Christmas and the weekend
        ("2026-11-22 03:00", 0.5, "2026-11-23 09:30"),  # from a Sunday
    ],
)
def test_hours_pass_in_office_hours_only(at: str, hours: float, expected: str) -> None:
    assert OFFICE.later(kst(at), hours) == kst(expected)


@given(minutes=st.integers(min_value=0, max_value=500 * 24 * 60))
def test_an_instant_found_again_is_never_earlier(minutes: int) -> None:
    at = kst("2026-02-01 00:00") + timedelta(minutes=minutes)
    assert OFFICE.instant(OFFICE.position(at)) >= at - timedelta(hours=16)
    assert OFFICE.position(OFFICE.instant(OFFICE.position(at))) == pytest.approx(
        OFFICE.position(at), abs=0.001
    )


@given(
    first=st.integers(min_value=0, max_value=300_000),
    second=st.integers(min_value=0, max_value=300_000),
)
def test_later_instants_never_have_smaller_positions(first: int, second: int) -> None:
    start = kst("2026-02-01 00:00")
    early, late = sorted((first, second))
    assert OFFICE.position(start + timedelta(minutes=early)) <= OFFICE.position(
        start + timedelta(minutes=late)
    )
