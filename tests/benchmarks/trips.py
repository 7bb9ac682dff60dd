"""Exact counts per operation, as libpq itself traces them: round trips and statements.

Every message of the protocol is written down by libpq (PQtrace). A round trip ends with the
server's ReadyForQuery, a statement with its CommandComplete. Connections opened while looking are
traced too; what the opening itself costs (login) is not, since pools keep connections.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connections
from django.db.backends.signals import connection_created
from psycopg.pq import PGconn, Trace

MESSAGE = re.compile(r"[FB]\t\d+\t(?P<kind>\w+)(\t(?P<rest>.*))?")


@dataclass
class Trips:
    """What was counted; complete after the `with` block."""

    round_trips: int = 0
    statements: int = 0
    texts: list[str] = field(default_factory=list)  # as sent, in order

    def exact(self, prefix: str = "") -> dict[str, int]:
        """For a figure: `exact={**counted.exact(), **plain.exact("baseline_")}`."""
        return {
            f"{prefix}round_trips": self.round_trips,
            f"{prefix}statements": self.statements,
        }


@contextmanager
def counting() -> Iterator[Trips]:
    """Count what every connection of this process sends inside the block."""
    seen = Trips()
    traced: list[PGconn] = []
    with tempfile.NamedTemporaryFile("w+", prefix="sodam-trace-") as trace:

        def follow(connection: Any, **_: Any) -> None:
            raw = connection.connection.pgconn
            if all(raw is not known for known in traced):
                traced.append(raw)
                raw.trace(trace.fileno())
                raw.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)

        for wrapper in connections.all(initialized_only=True):
            if getattr(wrapper, "_held", True) and wrapper.connection is not None:
                follow(wrapper)
        connection_created.connect(follow, weak=False)
        try:
            yield seen
        finally:
            connection_created.disconnect(follow)
            for raw in traced:
                raw.untrace()
            _read(trace.name, seen)


def trips_of(action: Callable[[], object]) -> Trips:
    """What one call costs. Call it once before, so that nothing is loaded for the first time."""
    with counting() as seen:
        action()
    return seen


def _read(path: str, seen: Trips) -> None:
    with open(path, encoding="utf-8", errors="replace") as trace:
        for line in trace:
            message = MESSAGE.match(line)
            if message is None:  # the text of a statement goes on
                seen.texts[-1] += line
            elif message["kind"] in ("Query", "Parse"):
                seen.texts.append(message["rest"] + "\n")
            elif message["kind"] == "ReadyForQuery":
                seen.round_trips += 1
            elif message["kind"] == "CommandComplete":
                seen.statements += 1
    seen.texts = [text.strip().strip('"') for text in seen.texts]
