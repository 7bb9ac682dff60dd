"""Everything `sodam up` does, in order: servers, database, web, demo world, the other processes."""

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from urllib.request import urlopen

from sodam.cli import parts
from sodam.cli.answers import Code, complain, say
from sodam.cli.processes import own_command, owner_environment, serving_environment
from sodam.cli.welcome import welcome
from sodam.runtime import state
from sodam.runtime.ports import PortTaken, web_socket
from sodam.runtime.processes import mark_of
from sodam.runtime.servers import Servers
from sodam.runtime.supervisor import Supervisor, end_orphans
from sodam.settings.environment import env


def run_everything(*, port: int | None, demo_size: str | None) -> int:
    """Starts and watches until asked to stop; the exit code."""
    return _Run(port=port, demo_size=demo_size or env.demo_size).whole()


class StepFailed(Exception):
    """A long step of the start did not succeed; what it said stands above."""


class _Run:
    """One run, from the first server to the last process ended."""

    def __init__(self, *, port: int | None, demo_size: str) -> None:
        self.home = env.home
        self.asked_port = _asked_port(port)
        self.demo_size = demo_size
        self.servers = Servers(self.home, say=_event, fsync=env.fsync)
        self.supervisor = Supervisor(home=self.home, say=_event)

    def whole(self) -> int:
        """Everything is ended again whatever happens in between."""
        self.supervisor.listen_for_signals()
        (self.home / "static").mkdir(exist_ok=True)
        state.note_process(self.home, "supervisor", mark_of(os.getpid()))
        try:
            return self._start_and_watch()
        except PortTaken as taken:
            return complain(str(taken), code=Code.CONFLICT)
        except StepFailed as failed:
            return complain(str(failed), code=Code.FAILURE)
        finally:
            self._end()

    def _start_and_watch(self) -> int:
        end_orphans(self.home, say=say)
        state.note_process(self.home, "supervisor", mark_of(os.getpid()))
        state.update(self.home, is_ready=False)
        with web_socket(self.asked_port, host=env.bind_host) as web:
            port = int(web.getsockname()[1])
            state.update(self.home, port=port)
            self._start_servers()
            self._prepare()
            return Code.OK if self.supervisor.is_stopping else self._serve(web, port)

    def _serve(self, web: socket.socket, port: int) -> int:
        """The web answers early (/healthz); it is ready when the demo world is complete."""
        here = {"SODAM_HOME": str(self.home), "SODAM_PORT": str(port)}
        given = serving_environment(here)
        self.supervisor.add(parts.web(web, environment=given))
        self._open_demo_world(given)
        if not self.supervisor.is_stopping:
            self.supervisor.add(parts.worker(environment=given))
            self.supervisor.add(parts.beat(self.home, environment=given))
            self.supervisor.add(parts.provisioner(environment=owner_environment(here)))
            state.update(self.home, is_ready=True)
            self._greet_when_it_answers(port)
        self.supervisor.run()
        return Code.OK

    def _start_servers(self) -> None:
        if not os.environ.get("SODAM_DATABASE_URL"):
            with step("Postgres 시작"):
                self.servers.start_postgres()
        if not os.environ.get("SODAM_BROKER_URL"):
            with step("Valkey 시작"):
                self.servers.start_valkey()
        self.supervisor.watched = self.servers.watched()

    def _prepare(self) -> None:
        """Roles, extensions, tables and migrations, in the owner's process.

        A city that could not be migrated serves as it is, and the others are served too.
        """
        extra = {"SODAM_HOME": str(self.home), "SODAM_PROCESS": "owner"}
        if self.servers.superuser_url:
            extra["SODAM_SUPERUSER_URL"] = self.servers.superuser_url
        with step("데이터베이스 준비와 이행"):
            given = {**os.environ, **extra}
            self._run_command("platform", "prepare", environment=given, may_be=(Code.PARTIAL,))

    def _open_demo_world(self, given: dict[str, str]) -> None:
        if not env.is_demo or state.read(self.home).demo_world:
            return
        with step("데모 세계 만들기"):
            self._run_command("demo", "build", "--size", self.demo_size, environment=given)
        if not self.supervisor.is_stopping:
            state.update(self.home, demo_world=self.demo_size)

    def _greet_when_it_answers(self, port: int) -> None:
        """The doors are told when they can be opened, not before."""
        with step("웹 응답 확인"):
            while not self.supervisor.is_stopping and not _answers(port):
                self.supervisor.look()
                time.sleep(0.2)
        if not self.supervisor.is_stopping:
            say(welcome(port=port, is_demo=env.is_demo, cities=self._open_cities()))

    def _open_cities(self) -> list[str]:
        done = subprocess.run(
            own_command("city", "list", "--format", "json"),
            env=serving_environment({"SODAM_HOME": str(self.home)}),
            capture_output=True,
            text=True,
            check=False,
        )
        listed = json.loads(done.stdout) if done.returncode == 0 else []
        return [city["code"] for city in listed if city["status"] == "open"]

    def _run_command(
        self, *arguments: str, environment: dict[str, str], may_be: tuple[int, ...] = ()
    ) -> None:
        """A long step in a process of its own; the rest is watched meanwhile."""
        child = subprocess.Popen(own_command(*arguments), env=environment, start_new_session=True)
        state.note_process(self.home, "step", mark_of(child.pid))
        code = self.supervisor.wait_for(child)
        state.note_process(self.home, "step", None)
        if code and code not in may_be:
            raise StepFailed(f"`sodam {' '.join(arguments)}`이 실패했습니다 (종료 코드 {code}).")

    def _end(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        say("멈추는 중 …")
        self.supervisor.stop()
        self.servers.stop()
        state.note_process(self.home, "supervisor", None)
        state.update(self.home, is_ready=False)
        say("모두 멈췄습니다.")


@contextmanager
def step(words: str) -> Iterator[None]:
    """Says what is being done, and afterwards how long it took."""
    say(f"· {words} …")
    started = time.monotonic()
    yield
    say(f"✓ {words} {time.monotonic() - started:.1f}초")


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://{env.bind_host}:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except OSError:
        return False


def _event(words: str) -> None:
    say(f"! {time.strftime('%H:%M:%S')} {words}")


def _asked_port(option: int | None) -> int | None:
    """--port, else SODAM_PORT when it was set by hand: exactly that one or failure."""
    if option is not None:
        return option
    given = os.environ.get("SODAM_PORT", "")
    return env.port if given not in ("", "0") else None
