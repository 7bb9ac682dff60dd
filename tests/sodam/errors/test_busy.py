"""More people at once than a city has connections for: no fault of ours, and no page of ours."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS
from django.test import Client

from tenants import sql
from tenants.context import serving_city
from tenants.isolation.pools import close_pools

CITY = "seoul"  # nobody is being served there meanwhile
MOST = 4


@pytest.fixture
def impatient(settings: Any) -> Iterator[None]:
    pool = {**settings.CITY_POOLS["POOL"], "max_size": MOST, "timeout": 0.3}
    settings.CITY_POOLS = {**settings.CITY_POOLS, "POOL": pool}
    close_pools(DEFAULT_DB_ALIAS)
    yield
    close_pools(DEFAULT_DB_ALIAS)


@contextmanager
def all_connections_taken() -> Iterator[None]:
    """Others hold every connection of the city until we are through."""
    taken, over = threading.Semaphore(0), threading.Event()

    def hold() -> None:
        with serving_city(CITY):
            sql.rows("SELECT 1")
            taken.release()
            over.wait(30)

    with ThreadPoolExecutor(MOST) as others:
        held = [others.submit(hold) for _ in range(MOST)]
        for _ in held:
            assert taken.acquire(timeout=30)
        try:
            yield
        finally:
            over.set()
    assert [one.result() for one in held] == [None] * MOST


def asked(path: str) -> tuple[int, str | None]:
    headers = {"host": f"{CITY}.localhost", "authorization": "Bearer sodam_somebody_unknown"}
    answer = Client(headers=headers, raise_request_exception=False).get(path)
    return answer.status_code, answer.headers.get("Retry-After")


@pytest.mark.usefixtures("impatient", "two_cities")
def test_who_comes_too_many_is_told_when_to_come_back() -> None:
    addresses = ["/board", "/api/v1/voices"]
    with ThreadPoolExecutor(1) as visitor:
        with all_connections_taken():
            busy = [visitor.submit(asked, address).result() for address in addresses]
        calm = visitor.submit(asked, "/board").result()
    assert calm == (200, None)
    assert busy == [(503, "5")] * 2
