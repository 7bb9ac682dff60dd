"""Steps that need no owner: done in a serving process, with the rights of web and worker."""

from __future__ import annotations

import logging
import os
import queue
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import IO, Any, Protocol
from uuid import UUID

from tenants.provisioning.operations.kinds import StepContext, Told, steps_of
from tenants.provisioning.operations.reading import operation_get
from tenants.provisioning.operations.speaking import (
    ServingGone,
    StepFailed,
    end_line,
    heard,
    told_line,
)
from tenants.provisioning.operations.words import words_of

LOG = logging.getLogger(__name__)
OWNER_GONE = 75


class ServingSide(Protocol):
    """Who does serving steps for the owner."""

    def run(self, name: str, tell: Callable[[Told], None]) -> None:
        """Do one step. Raises StepFailed, and ServingGone when it died meanwhile."""

    def end(self) -> None:
        """No more steps come."""


class ServingChild:
    """A process of its own, started before it is needed: loading takes as long as making tables."""

    def __init__(self, command: Sequence[str], environment: dict[str, str]) -> None:
        self._child = child = subprocess.Popen(  # noqa: S603 - our own command
            list(command),
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        if child.stdin is None or child.stdout is None:
            raise RuntimeError("A process without pipes was started.")
        self._names, self._answers = child.stdin, child.stdout

    def run(self, name: str, tell: Callable[[Told], None]) -> None:
        self._ask(name)
        while line := self._answers.readline():
            said = heard(line)
            if not isinstance(said, str):
                tell(said)
            elif said:
                raise StepFailed(said)
            else:
                return
        raise ServingGone(f"일하던 프로세스가 끝났습니다 (종료 코드 {self._child.wait()}).")

    def _ask(self, name: str) -> None:
        with suppress(BrokenPipeError):  # a dead one gives no answer either
            self._names.write(f"{name}\n")
            self._names.flush()

    def end(self) -> None:
        with suppress(BrokenPipeError):
            self._names.close()
        self._answers.close()
        self._child.wait()


def serve_steps(
    operation_id: UUID, *, names: IO[str], out: IO[str], now: Callable[[], datetime]
) -> None:
    """In the serving process: do each step whose name is read, until nothing more comes."""
    for name in _names(names):
        out.write(f"{end_line(_done(operation_id, name, out, now))}\n")
        out.flush()


def _done(operation_id: UUID, name: str, out: IO[str], now: Callable[[], datetime]) -> str:
    """The step's problem in words, "" when all is well."""
    operation = operation_get(operation_id)
    spec = next((one for one in steps_of(operation) if one.name == name), None)
    if spec is None or spec.side != "serving":
        return f"{name}: no such step here"

    def tell(told: Told) -> None:
        out.write(f"{told_line(told)}\n")
        out.flush()

    context = StepContext(
        operation_id=operation_id,
        kind=operation.kind,
        city_code=operation.city_code,
        arguments=dict(operation.arguments),
        results=dict(operation.result),
        now=now,
        tell=tell,
    )
    try:
        spec.run(context)
    except Exception as failure:  # a step may raise anything; the owner's process tells of it
        LOG.exception("step_failed", extra={"step": name})
        return words_of(failure)
    return ""


def _names(given: IO[str]) -> Iterator[str]:
    """The names, in the order in which they come. Between and during steps the owner is watched."""
    waiting: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_read, args=(given, waiting), daemon=True).start()
    while True:
        yield waiting.get()


def _read(given: IO[str], waiting: queue.Queue[Any]) -> None:
    """In a thread: when the pipe is closed the owner has no more steps, or is dead."""
    for line in given:
        waiting.put(line.strip())
    os._exit(OWNER_GONE)
