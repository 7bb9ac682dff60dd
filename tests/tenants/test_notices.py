"""What operators tell officials is seen by whom it is for, while it lasts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tenants import directory, notices, sql
from tenants.context import serving_city, serving_platform
from tenants.errors import NoticeNotPossible
from tenants.types import NoticeFacts
from tests.conftest import kst

NOW = kst("2027-11-25 10:00")


def facts(*cities: str, hours: float = 1, after: float = 0) -> NoticeFacts:
    starts = NOW + timedelta(hours=after)
    return NoticeFacts(cities, "warn", "점검합니다.", "", starts, starts + timedelta(hours=hours))


@pytest.fixture(autouse=True)
def board(cities: None) -> Iterator[None]:
    yield
    with serving_platform():
        sql.execute(
            "UPDATE tenants_platformnotice SET starts_at = '2000-01-01', ends_at = '2000-01-02'"
        )
    directory.refresh()


def seen_in(city: str, *, hours: float = 0) -> int:
    with serving_city(city):
        return len(notices.notices_for(city, now=NOW + timedelta(hours=hours)))


def test_it_is_seen_in_the_cities_it_is_for_until_it_ends() -> None:
    notices.notice_publish(facts("busan"), by="임서준", now=NOW)
    notices.notice_publish(facts(after=2), by="임서준", now=NOW)
    directory.refresh()
    assert [seen_in("busan"), seen_in("seoul")] == [1, 0]
    assert [seen_in("busan", hours=1), seen_in("seoul", hours=1)] == [0, 0]
    assert [seen_in("busan", hours=2), seen_in("seoul", hours=2)] == [1, 1]


def test_it_can_be_taken_down_once() -> None:
    made = notices.notice_publish(facts(), by="임서준", now=NOW)
    notices.notice_end(made, now=NOW + timedelta(minutes=1))
    directory.refresh()
    assert seen_in("busan", hours=0.5) == 0
    assert notices.notice_list(now=NOW + timedelta(minutes=2))[0].state == "over"
    with pytest.raises(NoticeNotPossible):
        notices.notice_end(made, now=NOW + timedelta(minutes=3))


def test_one_that_nobody_would_see_is_refused() -> None:
    with pytest.raises(NoticeNotPossible):
        notices.notice_publish(facts(hours=0), by="임서준", now=NOW)
    with pytest.raises(NoticeNotPossible):
        notices.notice_publish(facts(after=-3), by="임서준", now=NOW)
