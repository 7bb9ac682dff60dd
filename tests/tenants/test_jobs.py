"""Jobs carry their city, and refuse to run without one: shown with a real worker."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from sodam.celery import app
from tenants.context import serving_city
from tenants.errors import NoCity
from tenants.isolation.jobs import fan_out
from tenants.isolation.keys import city_cache
from tests.probes.escapes import ATTEMPTS
from tests.support.cluster import REPOSITORY
from tests.support.jobs import escape, mark, who

pytestmark = [pytest.mark.usefixtures("cities"), pytest.mark.runtime]


@pytest.fixture(scope="module")
def worker(cities: None) -> Iterator[None]:
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "tests.support.jobs",
        "worker",
        "-c",
        "2",
        "-Q",
        "transactional",
    ]
    process = subprocess.Popen(
        [*command, "--without-mingle", "--without-gossip"], cwd=REPOSITORY, env=os.environ
    )
    yield
    process.terminate()
    process.wait(20)


def _kept(code: str, key: str) -> object:
    with serving_city(code):
        return city_cache().get(key)


def _forget(*keys: str) -> None:
    for code in ("busan", "seoul"):
        with serving_city(code):
            for key in keys:
                city_cache().delete(key)


def _wait_for(code: str, key: str) -> object:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if (found := _kept(code, key)) is not None:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{key} of {code} never came")


def test_each_city_gets_its_own_work(worker: None) -> None:
    _forget("who")
    assert fan_out(who) >= 2
    assert str(_wait_for("busan", "who")).endswith("c_busan")
    assert str(_wait_for("seoul", "who")).endswith("c_seoul")


def test_a_workers_login_gets_out_of_its_city_by_no_attempt(worker: None) -> None:
    _forget("escape")
    with serving_city("busan"):
        escape.enqueue(other="seoul")
    assert _wait_for("busan", "escape") == [len(ATTEMPTS), []]


@pytest.mark.parametrize("headers", [{}, {"city": "atlantis"}])
def test_a_job_without_a_known_city_fails_and_does_nothing(
    worker: None, headers: dict[str, str]
) -> None:
    _forget("who", "mark")
    app.send_task("tests.who", headers=headers)
    with serving_city("busan"):
        mark.enqueue()
    _wait_for("busan", "mark")
    assert (_kept("busan", "who"), _kept("seoul", "who")) == (None, None)


def test_a_message_without_a_city_is_refused_before_anything_of_it_runs() -> None:
    with pytest.raises(NoCity, match="names no city"):
        mark.task()


def test_sending_outside_any_city_is_refused() -> None:
    with pytest.raises(NoCity):
        who.enqueue()


def test_a_header_that_contradicts_the_city_served_is_refused() -> None:
    with serving_city("busan"), pytest.raises(NoCity):
        who.task.apply_async(headers={"city": "seoul"})
