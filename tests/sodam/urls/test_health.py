"""May this process get traffic?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import Client

from sodam.runtime import state
from tenants.isolation.pools import close_pools


@pytest.fixture
def moved_database(cities: None) -> Iterator[None]:
    """The database's address leads nowhere for a while."""
    given = connections.databases["default"]
    port = given["PORT"]
    close_pools("default")
    given["PORT"] = connections["default"].settings_dict["PORT"] = 1
    yield
    given["PORT"] = connections["default"].settings_dict["PORT"] = port
    close_pools("default")


def test_the_process_lives_whatever_else_does_not(moved_database: None) -> None:
    assert Client().get("/healthz").status_code == 200


def test_a_demo_is_ready_when_its_world_is(cities: None, settings: pytest.FixtureRequest) -> None:
    assert state.is_ready() is False
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content) == (
        503,
        b"not ready: the demo world is being built\n",
    )


def test_in_production_the_database_decides(
    cities: None, settings: pytest.FixtureRequest, moved_database: None
) -> None:
    settings.DEMO_MODE = False  # type: ignore[attr-defined]
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.content) == (
        503,
        b"not ready: the database does not answer\n",
    )


def test_in_production_an_answering_database_is_enough(
    cities: None, settings: pytest.FixtureRequest
) -> None:
    settings.DEMO_MODE = False  # type: ignore[attr-defined]
    assert Client().get("/readyz").status_code == 200
