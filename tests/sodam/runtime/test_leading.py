"""Two clocks, one beats: the lease at the broker."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sodam.runtime.leading import Leader, Lease
from tests.support.cluster import start_once

SECONDS = 1.0


@pytest.fixture
def url() -> str:
    return start_once()["broker_url"]


def _lease(url: str, name: str) -> Lease:
    return Lease(url, name, seconds=SECONDS)


def test_a_lease_has_one_holder_until_it_is_given_back(url: str) -> None:
    one, other = _lease(url, "one"), _lease(url, "one")
    assert one.is_held()
    assert not other.is_held()
    assert one.is_held()
    other.give_back()  # what one does not hold cannot be given back
    assert not other.is_held()
    one.give_back()
    assert other.is_held()


def test_the_lease_of_a_dead_holder_ends_by_itself(url: str) -> None:
    assert _lease(url, "dead").is_held()
    heir = _lease(url, "dead")
    assert not heir.is_held()
    time.sleep(SECONDS * 1.1)
    assert heir.is_held()


def test_without_a_broker_nobody_leads() -> None:
    assert not _lease("redis://127.0.0.1:1/0", "none").is_held()


def test_the_second_clock_starts_when_the_first_has_ended(url: str, tmp_path: Path) -> None:
    def leader(number: int, seconds: float) -> Leader:
        said = f"open({str(tmp_path / 'beats')!r}, 'a').write('{number}')"
        code = f"import time; {said}; time.sleep({seconds})"
        return Leader(_lease(url, "clock"), [sys.executable, "-c", code], say=lambda _: None)

    first = threading.Thread(target=leader(1, 1.5).run)
    first.start()
    _until((tmp_path / "beats").exists)
    second = threading.Thread(target=leader(2, 0).run)
    second.start()
    time.sleep(SECONDS / 2)
    assert (tmp_path / "beats").read_text() == "1"
    first.join()
    second.join()
    assert (tmp_path / "beats").read_text() == "12"


def test_a_clock_whose_lease_is_taken_is_ended(url: str, tmp_path: Path) -> None:
    lease = _lease(url, "taken")
    beats = f"open({str(tmp_path / 'beats')!r}, 'a')"
    sleeper = [sys.executable, "-c", f"import time; {beats}; time.sleep(60)"]
    ended: list[int] = []
    leader = Leader(lease, sleeper, say=lambda _: None)
    thread = threading.Thread(target=lambda: ended.append(leader.run()))
    thread.start()
    _until((tmp_path / "beats").exists)
    lease.give_back()
    assert _lease(url, "taken").is_held()
    thread.join(10)
    assert ended == [1]


def _until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)
