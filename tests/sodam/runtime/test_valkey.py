"""The embedded Valkey: with a password, found again, back after kill -9."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import AuthenticationError

from sodam.runtime.processes import is_alive
from sodam.runtime.valkey import Broker, EmbeddedValkey

pytestmark = pytest.mark.runtime


def test_it_answers_with_its_password_only(home: Path) -> None:
    broker = EmbeddedValkey(home).start()
    assert Redis.from_url(broker.url).ping()
    with pytest.raises(AuthenticationError):
        Redis(host=broker.host, port=broker.port).ping()


def test_it_keeps_nothing_on_disk(home: Path) -> None:
    settings = Redis.from_url(EmbeddedValkey(home).start().url).config_get()
    assert (settings["appendonly"], settings["save"]) == ("no", "")


def test_started_twice_it_is_the_same_server(home: Path) -> None:
    assert EmbeddedValkey(home).start() == EmbeddedValkey(home).start()


def test_after_kill_9_it_starts_again_on_its_port(home: Path) -> None:
    first = EmbeddedValkey(home).start()
    _kill(first)
    again = EmbeddedValkey(home).start()
    assert again.mark != first.mark
    assert again.url == first.url


def test_a_pid_file_that_names_another_program_is_not_believed(home: Path) -> None:
    first = EmbeddedValkey(home).start()
    EmbeddedValkey(home).stop()
    (home / "valkey" / "server.pid").write_text(f"{os.getpid()} {first.port}\n", encoding="utf-8")
    assert EmbeddedValkey(home).running() is None
    EmbeddedValkey(home).stop()


def _kill(broker: Broker) -> None:
    os.kill(int(broker.mark[0]), signal.SIGKILL)
    while is_alive(broker.mark):
        time.sleep(0.02)
