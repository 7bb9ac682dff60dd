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
from sodam.runtime.readiness import NAME, Readiness

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 30.0
STEADY_AFTER_SECONDS = 60.0
LOOK_EVERY_SECONDS = 0.25
PATIENCE_SECONDS = 20.0
READY_SECONDS = 90.0
RENEW = signal.SIGUSR1  # `sodam restart`
KEPT = ("postgres", "valkey", "supervisor")
LARGEST_LOG = 20_000_000

Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Part:
    """A process that must always run. It gets a group of its own, so that it ends as a whole.

    `speakers`: how many processes of it say that they can work (`runtime.readiness`). A part with
    speakers is renewed without a gap: the old one serves until the new one can. 0: nobody says.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    sockets: Sequence[int] = ()
    speakers: int = 0


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
    _must_renew: bool = False

    def listen_for_signals(self) -> None:
        """Ctrl-C and `sodam down` end everything in order."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        signal.signal(RENEW, self._on_renew)

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
        if self._must_renew and not self._is_stopping:
            self._must_renew = False
            self.renew()

    def renew(self) -> None:
        """Each part anew, from the code that is there now. What cannot start is not taken over."""
        kept = [running.part.name for running in self._parts if not self._renewed(running)]
        state.update(
            self.home, renewals=state.read(self.home).renewals + 1, not_renewed=sorted(kept)
        )

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
            self._end(running)

    @property
    def is_stopping(self) -> bool:
        """Has somebody asked for the end?"""
        return self._is_stopping

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._is_stopping = True

    def _on_renew(self, _number: int, _frame: FrameType | None) -> None:
        self._must_renew = True

    def _renewed(self, running: _Running) -> bool:
        name, old, mark = running.part.name, running.child, running.mark
        if old is None or mark is None or not running.part.speakers:
            self._end(running)
            self._start(running)
            self.say(f"{name}: 새로 시작했습니다.")
            return True
        state.note_process(self.home, f"{name}-old", mark)
        is_ready = self._start_beside(running)
        if not is_ready:
            self.say(
                f"{name}: 새것이 시작하지 못했습니다. 쓰던 것을 그대로 둡니다. "
                f"{log_file(self.home, name)}"
            )
            self._end(running)
            running.child, running.mark = old, mark
            state.note_process(self.home, name, mark)
        else:
            end(mark, patience_seconds=PATIENCE_SECONDS, whole_group=True)
            old.wait()
            self.say(f"{name}: 새것이 이어받았습니다.")
        state.note_process(self.home, f"{name}-old", None)
        return is_ready

    def _start_beside(self, running: _Running) -> bool:
        """Start the part while its predecessor serves; does it work before the time is over?"""
        readiness = Readiness(wanted=running.part.speakers)
        child = self._start(running, readiness)
        return readiness.wait(
            READY_SECONDS, is_over=lambda: child.poll() is not None or self._is_stopping
        )

    @staticmethod
    def _end(running: _Running) -> None:
        if running.mark is not None and running.child is not None:
            end(running.mark, patience_seconds=PATIENCE_SECONDS, whole_group=True)
            running.child.wait()

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

    def _start(
        self, running: _Running, readiness: Readiness | None = None
    ) -> "subprocess.Popen[bytes]":
        part = running.part
        said = {} if readiness is None else {NAME: str(readiness.write)}
        pipes = () if readiness is None else (readiness.write,)
        with log_file(self.home, part.name).open("ab") as log:
            running.child = child = subprocess.Popen(
                list(part.command),
                cwd=self.home,
                env={**part.environment, **said},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=(*part.sockets, *pipes),
            )
        running.mark = mark_of(running.child.pid)
        running.started_at = time.monotonic()
        state.note_process(self.home, part.name, running.mark)
        return child


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
