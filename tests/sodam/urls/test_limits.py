"""One address, one city: who asks too much is told when to come back, and nobody else notices."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.test import Client

from tenants import directory
from tenants.isolation.broker import broker_client

Maker = Callable[..., Client]
pytestmark = pytest.mark.usefixtures("cities")


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Nothing was counted before, whatever minute it is."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    for key in broker_client().scan_iter("sodam:*:rate:*"):
        broker_client().delete(key)


@pytest.fixture
def limit(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], None]:
    def set_to(name: str, number: int) -> None:
        monkeypatch.setitem(settings.SODAM_RATE_LIMITS, name, number)

    return set_to


@pytest.fixture
def agreed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Numbers of Busan's own, as the operator writes them in its row."""

    def write(limits: str) -> None:
        with psycopg.connect(os.environ["SODAM_OWNER_DATABASE_URL"], autocommit=True) as owner:
            owner.execute("UPDATE tenants_city SET limits = %s WHERE code = 'busan'", [limits])
        directory.refresh()

    yield write
    write("{}")


def _statuses(client: Client, path: str = "/", *, times: int) -> list[int]:
    return [client.get(path).status_code for _ in range(times)]


def test_one_address_that_asks_too_much_is_told_when_to_come_back(
    city_client: Maker, limit: Any
) -> None:
    limit("address_requests_per_minute", 2)
    busan = city_client("busan")
    assert _statuses(busan, times=2) == [200, 200]
    refused = busan.get("/")
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused["RateLimit-Policy"] == '"address";q=2;w=60'
    assert "<h1" in refused.content.decode()


def test_another_address_and_another_city_are_not_touched(city_client: Maker, limit: Any) -> None:
    limit("address_requests_per_minute", 1)
    assert _statuses(city_client("busan"), times=2) == [200, 429]
    assert _statuses(city_client("busan", REMOTE_ADDR="203.0.113.9"), times=1) == [200]
    assert _statuses(city_client("seoul"), times=1) == [200]


def test_forms_have_a_narrower_limit_and_pages_stay_open(city_client: Maker, limit: Any) -> None:
    limit("address_forms_per_minute", 1)
    busan = city_client("busan")
    sent = [busan.post("/track", {}).status_code for _ in range(2)]
    assert sent[0] != 429
    assert sent[1] == 429
    assert _statuses(busan, times=1) == [200]


def test_a_flooded_city_refuses_and_the_others_answer(city_client: Maker, agreed: Any) -> None:
    agreed('{"requests_per_minute": 2}')
    asking = [city_client("busan", REMOTE_ADDR=f"203.0.113.{n}") for n in range(3)]
    assert [_statuses(one, times=1) for one in asking] == [[200], [200], [429]]
    assert _statuses(city_client("seoul"), times=3) == [200] * 3


def test_the_consoles_address_is_counted_without_any_city(limit: Any) -> None:
    limit("address_requests_per_minute", 1)
    console = Client(headers={"host": "console.localhost"})
    first, second = (console.get("/").status_code for _ in range(2))
    assert first != 429
    assert second == 429


def test_health_is_answered_whatever_was_counted(city_client: Maker, limit: Any) -> None:
    limit("address_requests_per_minute", 1)
    assert _statuses(city_client("busan"), "/healthz", times=3) == [200] * 3


def test_what_is_counted_holds_no_address(city_client: Maker, limit: Any) -> None:
    limit("address_requests_per_minute", 5)
    city_client("busan", REMOTE_ADDR="203.0.113.77").get("/")
    keys = [key.decode() for key in broker_client().scan_iter("sodam:busan:rate:*")]
    assert keys
    assert not [key for key in keys if "203.0.113.77" in key]
