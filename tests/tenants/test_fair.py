"""One city's thousands of jobs and another's single one: turns are taken."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.conf import settings
from redis import Redis

from tenants.context import serving_city
from tenants.isolation import fair, turns
from tenants.isolation.broker import broker_client
from tenants.isolation.fair import (
    is_first,
    set_aside,
    turn_ask,
    turn_begin,
    turn_pass_on,
    waits_no_longer,
)
from tenants.isolation.keys import city_cache
from tenants.isolation.queues import Queue
from tests.support.cluster import REPOSITORY
from tests.support.jobs import mark, rush

JOBS = 40
pytestmark = [pytest.mark.usefixtures("cities")]


@pytest.fixture
def job() -> str:
    """The name of a job that no other test knows."""
    return f"tests.{uuid4().hex[:8]}"


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Iterator[Queue]:
    """A class of work nobody else uses now, with two turns for each city."""
    monkeypatch.setattr(settings, "CITY_JOBS_AT_ONCE", 4)
    for city in ("busan", "seoul"):
        broker_client().delete(f"sodam:{city}:turns:rollups", f"sodam:{city}:aside:rollups")
    monkeypatch.setattr(turns, "_keeper", turns.Keeper())
    yield Queue.ROLLUPS
    turns._keeper.forget()


def test_a_job_that_waits_already_is_not_sent_again(job: str) -> None:
    assert is_first("busan", job, {}, seconds=30)
    assert not is_first("busan", job, {}, seconds=30)


def test_another_city_and_another_argument_are_another_job(job: str) -> None:
    assert is_first("busan", job, {"day": 1}, seconds=30)
    assert is_first("busan", job, {"day": 2}, seconds=30)
    assert is_first("seoul", job, {"day": 1}, seconds=30)


def test_who_asks_while_the_job_runs_is_heard(job: str) -> None:
    assert is_first("busan", job, {}, seconds=30)
    waits_no_longer("busan", job, {})
    assert is_first("busan", job, {}, seconds=30)


def test_a_message_that_was_lost_is_sent_again_after_a_while(job: str) -> None:
    assert is_first("busan", job, {}, seconds=0.2)
    time.sleep(0.3)
    assert is_first("busan", job, {}, seconds=0.2)


def _ask(city: str, queue: Queue, *messages: str) -> list[str]:
    """The turns of those messages that got one."""
    return [turn for each in messages if (turn := turn_ask(city, queue, each))]


def test_a_city_has_so_many_turns_and_another_city_its_own(queue: Queue) -> None:
    assert len(_ask("busan", queue, "a", "b", "c")) == 2
    assert len(_ask("seoul", queue, "a")) == 1


def test_the_rest_is_set_aside_and_gets_a_turn_that_ends_the_first_first(queue: Queue) -> None:
    one, two = _ask("busan", queue, "a", "b", "first", "second")
    assert set_aside(["busan", "seoul"], queue) == 2
    assert turn_pass_on("seoul", queue, "of another city") is None
    assert turn_pass_on("busan", queue, one) == "first"
    assert _ask("busan", queue, "third") == []
    assert [turn_pass_on("busan", queue, two) for _ in range(3)] == ["second", "third", None]
    assert len(_ask("busan", queue, "fourth")) == 1


def test_the_turn_of_a_killed_worker_is_free_after_its_lease(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fair, "LEASE_SECONDS", 0.3)
    monkeypatch.setattr(fair, "keep", lambda _key, _turn: None)  # nobody renews: it was killed
    for turn in _ask("busan", queue, "a", "b"):
        turn_begin("busan", queue, turn)
    assert _ask("busan", queue, "c") == []
    time.sleep(0.4)
    (turn,) = _ask("busan", queue, "d")
    assert turn_pass_on("busan", queue, turn) == "c"


def test_the_turn_of_a_message_that_was_lost_is_free_after_a_while(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fair, "WAITING_SECONDS", 0.3)
    assert len(_ask("busan", queue, "a", "b", "c")) == 2
    time.sleep(0.4)
    assert len(_ask("busan", queue, "d")) == 1


def test_the_turn_of_a_long_job_is_renewed(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fair, "LEASE_SECONDS", 0.6)
    monkeypatch.setattr(turns, "LEASE_SECONDS", 0.6)
    monkeypatch.setattr(turns, "RENEW_EVERY_SECONDS", 0.1)
    one, two = _ask("busan", queue, "a", "b")
    for turn in (one, two):
        turn_begin("busan", queue, turn)
    time.sleep(1.2)
    assert _ask("busan", queue, "c") == []
    assert turn_pass_on("busan", queue, one) == "c"


def test_without_the_broker_nothing_is_held_back(
    job: str, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    _point_at_nothing(monkeypatch)
    assert is_first("busan", job, {}, seconds=30)
    assert is_first("busan", job, {}, seconds=30)
    assert len(_ask("busan", queue, *"abcde")) == 5
    turn_begin("busan", queue, "turn")
    assert turn_pass_on("busan", queue, "turn") is None


def _point_at_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = Redis.from_url("redis://127.0.0.1:1/0")
    monkeypatch.setattr(fair, "broker_client", lambda: nobody)


@pytest.fixture(scope="module")
def worker(cities: None) -> Iterator[None]:
    """Two processes, so one job of a city at once."""
    command = [sys.executable, "-m", "celery", "-A", "tests.support.jobs", "worker", "-c", "2"]
    process = subprocess.Popen(
        [*command, "-Q", "bulk,transactional", "--without-mingle", "--without-gossip"],
        cwd=REPOSITORY,
        env=os.environ,
    )
    yield
    process.terminate()
    process.wait(20)


def _until(is_so: Callable[[], bool], *, seconds: float) -> float:
    started = time.monotonic()
    while not is_so():
        assert time.monotonic() - started < seconds
        time.sleep(0.05)
    return time.monotonic() - started


def _kept(code: str, key: str) -> int:
    with serving_city(code):
        return int(city_cache().get(key) or 0)


@pytest.mark.runtime
def test_a_city_that_floods_the_queue_keeps_no_other_waiting(worker: None) -> None:
    with serving_city("busan"):
        city_cache().delete("busy:done")
        city_cache().delete("busy:most")
        for number in range(JOBS):
            rush.enqueue(number=number, seconds=0.1)  # four seconds of work
    _until(lambda: _kept("busan", "busy:done") > 0, seconds=60)
    with serving_city("seoul"):
        city_cache().delete("mark")
        mark.enqueue()
    waited = _until(lambda: bool(_kept("seoul", "mark")), seconds=10)
    assert _kept("busan", "busy:done") < JOBS / 2
    assert waited < 5
    _until(lambda: _kept("busan", "busy:done") == JOBS, seconds=60)
    assert _kept("busan", "busy:most") == 1


@pytest.mark.runtime
def test_a_job_that_comes_too_late_does_nothing_and_the_next_has_its_turn(worker: None) -> None:
    with serving_city("busan"):
        city_cache().delete("busy:done")
        for number in range(3):
            seconds = 0.001 if number == 1 else math.inf
            rush.enqueue(number=1000 + number, seconds=0.01, expires_seconds=seconds)
    _until(lambda: _kept("busan", "busy:done") == 2, seconds=30)
    time.sleep(0.5)
    assert _kept("busan", "busy:done") == 2
