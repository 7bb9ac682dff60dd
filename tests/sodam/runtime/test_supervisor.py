"""The supervisor: what dies comes back, what is stopped stays away, orphans are ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sodam.runtime import state
from sodam.runtime.processes import is_alive, mark_of
from sodam.runtime.supervisor import Part, Supervisor, Watched, end_orphans, log_file

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(tmp_path: Path, said: list[str]) -> Iterator[Supervisor]:
    made = Supervisor(home=tmp_path, say=said.append)
    yield made
    made.stop()


def _part(name: str, command: list[str]) -> Part:
    return Part(name=name, command=command, environment=dict(os.environ))


def _look_until(supervisor: Supervisor, is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 15
    while not is_so():
        assert time.monotonic() < until, "it did not happen in 15 seconds"
        supervisor.look()
        time.sleep(0.05)


def _pid(home: Path, name: str) -> int:
    return int(state.read(home).processes[name][0])


def test_a_killed_part_is_started_again_and_that_is_said(
    supervisor: Supervisor, said: list[str], tmp_path: Path
) -> None:
    supervisor.add(_part("web", SLEEPER))
    first = _pid(tmp_path, "web")
    os.kill(first, signal.SIGKILL)
    _look_until(supervisor, lambda: _pid(tmp_path, "web") != first)
    assert is_alive(state.read(tmp_path).processes["web"])
    assert "web: 끝났습니다 (신호 9)" in said[0]


def test_a_part_that_dies_at_once_is_not_restarted_in_a_frenzy(
    supervisor: Supervisor, said: list[str]
) -> None:
    supervisor.add(_part("beat", [sys.executable, "-c", "raise SystemExit(3)"]))
    _look_until(supervisor, lambda: len(said) >= 2)
    assert "1초 뒤" in said[0]
    assert "2초 뒤" in said[1]
    assert "종료 코드 3" in said[1]


def test_stopping_ends_a_part_with_all_its_children(tmp_path: Path, said: list[str]) -> None:
    supervisor = Supervisor(home=tmp_path, say=said.append)
    supervisor.add(_part("worker", ["/bin/sh", "-c", "sleep 60 & echo $!; wait"]))
    log = log_file(tmp_path, "worker")
    _look_until(supervisor, lambda: log.exists() and log.read_text().endswith("\n"))
    child = int(log.read_text())
    supervisor.stop()
    assert mark_of(child) is None
    assert "worker" not in state.read(tmp_path).processes


def test_a_dead_server_is_brought_back_and_the_parts_go_on(
    supervisor: Supervisor, said: list[str], tmp_path: Path
) -> None:
    supervisor.add(_part("web", SLEEPER))
    first = _pid(tmp_path, "web")
    supervisor.watched = [_dying("postgres", moves=False)]
    supervisor.look()
    supervisor.look()
    assert said == ["postgres: 멈췄습니다. 다시 시작합니다."]
    assert _pid(tmp_path, "web") == first


def test_when_a_server_came_back_elsewhere_the_parts_start_anew(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    supervisor.add(_part("web", SLEEPER))
    first = _pid(tmp_path, "web")
    supervisor.watched = [_dying("valkey", moves=True)]
    _look_until(supervisor, lambda: _pid(tmp_path, "web") != first)
    assert is_alive(state.read(tmp_path).processes["web"])


def _dying(name: str, *, moves: bool) -> Watched:
    """A server that is dead at the first look and lives after its restart."""
    starts: list[bool] = []

    def restart() -> bool:
        starts.append(True)
        return moves

    return Watched(name=name, is_alive=lambda: bool(starts), restart=restart)


def test_orphans_of_a_killed_up_are_ended_and_strangers_are_not(
    tmp_path: Path, said: list[str]
) -> None:
    orphan = subprocess.Popen(SLEEPER, start_new_session=True)
    stranger = subprocess.Popen(SLEEPER, start_new_session=True)
    try:
        mark = mark_of(orphan.pid)
        assert mark is not None
        state.note_process(tmp_path, "web", mark)
        state.note_process(tmp_path, "worker", [stranger.pid, "an earlier start"])
        end_orphans(tmp_path, say=said.append)
        assert orphan.wait(timeout=10) == -signal.SIGTERM
        assert stranger.poll() is None
        assert state.read(tmp_path).processes == {}
    finally:
        orphan.kill()
        stranger.kill()
        orphan.wait()
        stranger.wait()


def test_a_long_log_is_set_aside_so_that_the_disk_never_fills(tmp_path: Path) -> None:
    log = log_file(tmp_path, "web")
    with log.open("wb") as full:
        full.truncate(21_000_000)
    assert not log_file(tmp_path, "web").exists()
    assert log.with_suffix(".log.1").stat().st_size == 21_000_000
