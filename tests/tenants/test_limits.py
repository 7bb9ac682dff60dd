"""Requests are counted for each asker and each city; the broker's absence turns nobody away."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from redis import Redis

from tenants.isolation import limits
from tenants.isolation.broker import broker_client
from tenants.isolation.limits import Counted, Limit, TooManyRequests, count, exceeded, tightest

NOW = datetime(2026, 11, 25, 1, 0, 40, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("cities")


@pytest.fixture
def somebody() -> str:
    return uuid4().hex


def _counts(city: str, *asked: Limit) -> list[int]:
    return [one.count for one in count(city, asked, now=NOW)]


def test_each_asker_and_each_city_is_counted_apart(somebody: str) -> None:
    limit, other = Limit("key", somebody, 10), Limit("key", somebody + "x", 10)
    assert _counts("busan", limit) == [1]
    assert _counts("busan", limit, other) == [2, 1]
    assert _counts("seoul", limit) == [1]


def test_the_next_minute_begins_anew(somebody: str) -> None:
    limit = Limit("key", somebody, 1)
    count("busan", [limit], now=NOW)
    assert exceeded(count("busan", [limit], now=NOW))
    later = NOW.replace(minute=1, second=0)
    (again,) = count("busan", [limit], now=later)
    assert (again.count, again.resets_in_seconds) == (1, 60)


def test_a_limit_of_nought_is_none(somebody: str) -> None:
    assert count("busan", [Limit("key", somebody, 0)], now=NOW) == []


def test_the_headers_say_how_much_is_left_and_until_when(somebody: str) -> None:
    (counted,) = count("busan", [Limit("key", somebody, 3)], now=NOW)
    assert counted.headers() == {
        "RateLimit-Policy": '"key";q=3;w=60',
        "RateLimit": '"key";r=2;t=20',
    }


def test_what_is_told_is_the_limit_that_is_reached_first() -> None:
    wide, narrow = (Counted(Limit(name, "", 100), used, 20) for name, used in (("a", 1), ("b", 90)))
    assert tightest([wide, narrow]) is narrow
    assert tightest([]) is None


def test_a_refusal_says_when_to_come_back_and_never_who_asked(somebody: str) -> None:
    limit = Limit("key", somebody, 1)
    count("busan", [limit], now=NOW)
    over = exceeded(count("busan", [limit], now=NOW))
    assert over
    refusal = TooManyRequests("잠시 뒤에", counted=over)
    assert refusal.facts == {"retry_after_seconds": 20, "limit": "key", "per_minute": 1}


def test_counts_are_forgotten_by_themselves(somebody: str) -> None:
    count("busan", [Limit("key", somebody, 1)], now=NOW)
    (key,) = broker_client().keys(f"sodam:busan:rate:key:{somebody}:*")
    assert 0 < broker_client().ttl(key) <= 120


def test_without_the_broker_nobody_is_turned_away(
    somebody: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = Redis.from_url("redis://127.0.0.1:1/0")
    monkeypatch.setattr(limits, "broker_client", lambda: nobody)
    assert exceeded(count("busan", [Limit("key", somebody, 1)] * 3, now=NOW)) is None
