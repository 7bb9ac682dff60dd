"""Telling workers to look, beside the request: many nudges of one moment become one message.

A nudge may be lost (a process ends, the broker is away): what there is to do stands in Postgres,
and the sweep finds it within seconds. So nobody waits for the broker.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable

log = logging.getLogger(__name__)

GATHERED_SECONDS = 0.05
Nudge = Callable[[str], object]


class Nudger:
    """One thread of the process, started with the first nudge."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[str, str], Nudge] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._called = threading.Event()

    def soon(self, name: str, city: str, send: Nudge) -> None:
        """Call `send(city)` in a moment, once for all who asked for this name and city."""
        with self._lock:
            self._waiting[name, city] = send
            if self._thread is None or not self._thread.is_alive():
                thread = threading.Thread(target=self._run, name="nudges", daemon=True)
                thread.start()
                self._thread = thread
        self._called.set()

    def _run(self) -> None:
        while True:
            self._called.wait()
            time.sleep(GATHERED_SECONDS)
            self._called.clear()
            with self._lock:
                waiting, self._waiting = self._waiting, {}
            for (name, city), send in waiting.items():
                try:
                    send(city)
                except Exception:  # the thread has others to serve
                    log.exception("nudge_failed", extra={"job": name})


_nudger = Nudger()


def nudge_soon(name: str, city: str, send: Nudge) -> None:
    """Send something to the workers of a city in a moment, and only once. Never waits."""
    _nudger.soon(name, city, send)


def _after_fork() -> None:
    global _nudger
    _nudger = Nudger()  # the thread is the parent's


os.register_at_fork(after_in_child=_after_fork)
