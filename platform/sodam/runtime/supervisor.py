"""One parent for web, worker and beat: starts them, restarts what dies, says so, ends all."""

import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from sodam.runtime import state
from sodam.runtime.processes import Mark, end, is_alive, mark_of

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 30.0
STEADY_AFTER_SECONDS = 60.0
LOOK_EVERY_SECONDS = 0.25
PATIENCE_SECONDS = 20.0
KEPT = ("postgres", "valkey", "supervisor")
LARGEST_LOG = 20_000_000

Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Part:
    """A process that must always run. It gets a group of its own, so that it ends as a whole."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    sockets: Sequence[int] = ()


@dataclass(frozen=True, kw_only=True)
class Watched:
    """A server that others depend on: how to see it lives, and how to bring it back.

    `restart` answers whether it is now at another address: then the parts must start anew.
    """

    name: str
    is_alive: Callable[[], bool]
    restart: Callable[[], bool]


@dataclass
class _Running:
    part: Part
    child: "subprocess.Popen[bytes] | None" = None
    mark: Mark | None = None
    started_at: float = 0.0
    pause_seconds: float = FIRST_PAUSE_SECONDS
    start_after: float = 0.0


@dataclass
class Supervisor:
    """Holds the parts of one home until it is asked to stop."""

    home: Path
    say: Say
    watched: Sequence[Watched] = ()
    _parts: list[_Running] = field(default_factory=list)
    _is_stopping: bool = False

    def listen_for_signals(self) -> None:
        """Ctrl-C and `sodam down` end everything in order."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def add(self, part: Part) -> None:
        """Starts a part, and keeps it running from now on."""
        running = _Running(part=part)
        self._parts.append(running)
        self._start(running)

    def run(self) -> None:
        """Watches until asked to stop."""
        while not self._is_stopping:
            self.look()
            time.sleep(LOOK_EVERY_SECONDS)

    def look(self) -> None:
        """One round: servers first, because parts die without them."""
        for server in self.watched:
            if not self._is_stopping and not server.is_alive():
                self.say(f"{server.name}: 멈췄습니다. 다시 시작합니다.")
                if server.restart():
                    self.say(f"{server.name}: 다른 포트로 옮겼습니다. 나머지도 다시 시작합니다.")
                    self._end_parts()
        for running in self._parts:
            self._look_at(running)

    def wait_for(self, child: "subprocess.Popen[bytes]") -> int | None:
        """Keeps everything running while a long step works; its exit code, None when stopping."""
        while child.poll() is None:
            if self._is_stopping:
                mark = mark_of(child.pid)
                if mark is not None:
                    end(mark, patience_seconds=PATIENCE_SECONDS, whole_group=True)
                child.wait()
                return None
            self.look()
            time.sleep(LOOK_EVERY_SECONDS)
        return child.returncode

    def stop(self) -> None:
        """Ends the parts, the last started first."""
        self._is_stopping = True
        self._end_parts()
        for running in self._parts:
            state.note_process(self.home, running.part.name, None)
        self._parts.clear()

    def _end_parts(self) -> None:
        for running in reversed(self._parts):
            if running.mark is not None and running.child is not None:
                end(running.mark, patience_seconds=PATIENCE_SECONDS, whole_group=True)
                running.child.wait()

    @property
    def is_stopping(self) -> bool:
        """Has somebody asked for the end?"""
        return self._is_stopping

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._is_stopping = True

    def _look_at(self, running: _Running) -> None:
        now = time.monotonic()
        if running.child is None:
            if now >= running.start_after and not self._is_stopping:
                self._start(running)
            return
        code = running.child.poll()
        if code is None or self._is_stopping:
            return
        if now - running.started_at > STEADY_AFTER_SECONDS:
            running.pause_seconds = FIRST_PAUSE_SECONDS
        name, pause = running.part.name, running.pause_seconds
        log = log_file(self.home, name)
        self.say(f"{name}: 끝났습니다 ({_ending(code)}). {pause:.0f}초 뒤 다시 시작합니다. {log}")
        running.child, running.start_after = None, now + pause
        running.pause_seconds = min(pause * 2, LONGEST_PAUSE_SECONDS)

    def _start(self, running: _Running) -> None:
        part = running.part
        with log_file(self.home, part.name).open("ab") as log:
            running.child = subprocess.Popen(
                list(part.command),
                cwd=self.home,
                env=dict(part.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=tuple(part.sockets),
            )
        running.mark = mark_of(running.child.pid)
        running.started_at = time.monotonic()
        state.note_process(self.home, part.name, running.mark)


def log_file(home: Path, name: str) -> Path:
    """Where a part writes. One older file is kept, so a long run never fills the disk."""
    path = home / "logs" / f"{name}.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    return path


def end_orphans(home: Path, *, say: Say) -> None:
    """Ends what a killed `up` of this home left behind; never a stranger who got its pid.

    Its servers go on: the next start finds and keeps them.
    """
    for name, mark in reversed(list(state.read(home).processes.items())):
        if name in KEPT:
            continue
        if is_alive(mark):
            say(f"{name}: 지난번 실행이 남긴 프로세스 {mark[0]}를 정리합니다.")
            end(mark, patience_seconds=PATIENCE_SECONDS, whole_group=True)
        state.note_process(home, name, None)


def _ending(code: int) -> str:
    return f"신호 {-code}" if code < 0 else f"종료 코드 {code}"
