"""`sodam restart`: a web is renewed while people use it, and nobody is refused."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sodam.runtime import state
from sodam.runtime.ports import listen
from sodam.runtime.processes import is_alive, mark_of
from sodam.runtime.supervisor import Part, Supervisor
from tests.drills.load import Load, Request

pytestmark = pytest.mark.runtime
APP = """
import time
VERSION = b"{version}"
def application(environ, start_response):
    time.sleep(0.02)
    start_response("200 OK", [("Content-Length", str(len(VERSION)))])
    return [VERSION]
"""


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def web(tmp_path: Path, said: list[str]) -> Iterator[tuple[Supervisor, int]]:
    """gunicorn with two processes on a socket that the supervisor holds."""
    supervisor = Supervisor(home=tmp_path, say=said.append)
    _release(tmp_path, "one")
    with listen(0) as held:
        command = [sys.executable, "-m", "gunicorn", "release:application", "--workers", "2"]
        command += ["--bind", f"fd://{held.fileno()}", "--worker-class", "gthread"]
        command += ["--threads", "4", "--no-control-socket", "--graceful-timeout", "15"]
        command += ["--config", "python:sodam.runtime.readiness"]
        path = os.pathsep.join([str(tmp_path), *map(str, sys.path)])
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
        supervisor.add(
            Part(
                name="web",
                command=command,
                environment=environment,
                sockets=[held.fileno()],
                speakers=2,
            )
        )
        yield supervisor, int(held.getsockname()[1])
        supervisor.stop()


def _release(home: Path, version: str) -> None:
    (home / "release.py").write_text(APP.format(version=version), encoding="utf-8")


def test_under_load_a_new_release_takes_over_and_no_request_fails(
    web: tuple[Supervisor, int], tmp_path: Path, said: list[str]
) -> None:
    supervisor, port = web
    load = Load(port, [Request("localhost", "/")], clients=6)
    with load:
        load.wait_for_answers(20)
        _release(tmp_path, "two")
        supervisor.renew()
        load.wait_for_answers(20)
    assert load.failures == []
    assert load.bodies[b"one"] > 0
    assert load.bodies[b"two"] > 0
    assert state.read(tmp_path).renewals == 1
    assert state.read(tmp_path).not_renewed == []
    assert "web-old" not in state.read(tmp_path).processes
    assert said == ["web: 새것이 이어받았습니다."]


def test_a_release_that_cannot_start_takes_nothing_over(
    web: tuple[Supervisor, int], tmp_path: Path, said: list[str]
) -> None:
    supervisor, port = web
    load = Load(port, [Request("localhost", "/")], clients=3)
    with load:
        load.wait_for_answers(10)
        before = state.read(tmp_path).processes["web"]
        (tmp_path / "release.py").write_text("raise SystemExit(3)", encoding="utf-8")
        supervisor.renew()
        load.wait_for_answers(10)
    assert load.failures == []
    assert state.read(tmp_path).processes["web"] == before
    assert is_alive(before)
    assert state.read(tmp_path).not_renewed == ["web"]
    assert "쓰던 것을 그대로 둡니다" in said[0]


def test_a_part_that_says_nothing_is_ended_and_started_anew(
    tmp_path: Path, said: list[str]
) -> None:
    supervisor = Supervisor(home=tmp_path, say=said.append)
    sleeper = [sys.executable, "-c", "import time; time.sleep(60)"]
    supervisor.add(Part(name="worker", command=sleeper, environment=dict(os.environ)))
    first = state.read(tmp_path).processes["worker"]
    supervisor.renew()
    second = state.read(tmp_path).processes["worker"]
    supervisor.stop()
    assert first != second
    assert mark_of(int(first[0])) is None
