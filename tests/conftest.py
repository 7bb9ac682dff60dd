"""Fixtures of every test: two real cities in a real Postgres, entered and rolled back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from customization.documents.source import forget_all
from tenants import directory
from tenants.context import serving_city
from tests.support import cluster, environment, grounds
from tests.support.chain import one_chain
from tests.support.product import RunningSodam, start_product, stop_products
from tests.support.voices import Office, an_office, the_standard

SEOUL = ZoneInfo("Asia/Seoul")


def kst(text: str) -> datetime:
    """`kst("2026-12-23 15:30")`: an instant on Korea's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


@dataclass(frozen=True)
class ServedCity:
    """A city that the test is inside of."""

    code: str

    @property
    def host(self) -> str:
        return f"{self.code}.localhost"


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in this very hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that start the product without a browser are few: one worker, so one product, does.

    They come first, being long: at the end the other worker would wait for them.
    """
    for item in items:
        if _starts_the_product(item):
            item.add_marker(pytest.mark.xdist_group("product"))
        elif scenes := _scenes_of(item):
            item.add_marker(pytest.mark.xdist_group(scenes))
    items.sort(key=lambda item: not _starts_the_product(item))


def _scenes_of(item: pytest.Item) -> str:
    """The tests that look at what one run of the owner's process told: it is run once, not by each
    worker."""
    if "facts" not in getattr(item, "fixturenames", ()) or "tests/tenants" not in str(item.path):
        return ""
    is_alone = item.path.parent.name == "tenants"
    return item.path.stem if is_alone else item.path.parent.name


def _starts_the_product(item: pytest.Item) -> bool:
    is_seen = "tests/browser" in str(item.path)
    return "running_sodam" in getattr(item, "fixturenames", ()) and not is_seen


def pytest_sessionfinish(session: pytest.Session) -> None:
    if environment.owns_the_run():
        stop_products()
        cluster.stop()
        environment.discard_run()


@pytest.fixture(scope="session", autouse=True)
def shared_chain() -> Iterator[None]:
    """Sixty milliseconds less for each client."""
    with one_chain():
        yield


@pytest.fixture(scope="session")
def cities(django_db_blocker: Any) -> Iterator[None]:
    """The worker's database with busan and seoul open. Nothing is being served yet."""
    cluster.prepare_worker()
    settings.CITY_POOLS["KEPT_SECONDS"] = 0.0  # a test sees what it changed a moment ago
    with django_db_blocker.unblock():
        directory.refresh()
        yield
        grounds.leave()


def _inside(code: str) -> Iterator[ServedCity]:
    cache.clear()
    forget_all()
    directory.refresh()  # it must not grow old while the transaction is open
    with serving_city(code), grounds.rolled_back():
        yield ServedCity(code)


def _standing(code: str, ground: str) -> Iterator[ServedCity]:
    cache.clear()
    forget_all()
    with grounds.standing(code, ground):
        yield ServedCity(code)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A ground's transaction is not open while a test commits, or looks from outside."""
    names = getattr(item, "fixturenames", ())
    if "busan" not in names or not grounds.wanted(names):
        grounds.leave()


@pytest.fixture
def busan(cities: None, request: pytest.FixtureRequest) -> Iterator[ServedCity]:
    """Inside Busan; everything written is rolled back."""
    ground = grounds.wanted(request.fixturenames)
    yield from _standing("busan", ground) if ground else _inside("busan")


def _a_year() -> Office:
    from tests.sodam.staff.kpi_city import a_year  # it takes `kst` from here

    return a_year()


def _a_desk() -> None:
    from tests.sodam.staff.kit import department  # rooms are imported when a city is served

    department()


busans_office = grounds.ground("busans_office", an_office)
busans_year = grounds.ground("busans_year", _a_year)
busans_desk = grounds.ground("busans_desk", _a_desk)
busans_standard = grounds.ground("busans_standard", the_standard)


@pytest.fixture
def seoul(cities: None) -> Iterator[ServedCity]:
    """Inside Seoul; everything written is rolled back."""
    yield from _inside("seoul")


@pytest.fixture
def two_cities(cities: None) -> Iterator[tuple[str, str]]:
    """No city entered, no transaction: real commits, removed afterwards by the owner."""
    cache.clear()
    forget_all()
    yield cluster.TEST_CITIES
    cluster.empty_cities(*cluster.TEST_CITIES)


@pytest.fixture
def empty_platform(cities: None) -> Iterator[None]:
    """No operation, archive or operators' audit of other tests, and none left to them."""
    cluster.empty_platform()
    yield
    cluster.empty_platform()


@pytest.fixture
def city_client() -> Callable[..., Client]:
    """`city_client("busan")`: a browser without cookies at that city's host."""

    def make(code: str, **defaults: Any) -> Client:
        return Client(headers={"host": f"{code}.localhost"}, **defaults)

    return make


@pytest.fixture(scope="session")
def running_sodam() -> RunningSodam:
    """The whole product with its small demo world, shared by the tests of this worker."""
    return start_product()
