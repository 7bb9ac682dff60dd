"""How a part's processes say that they can work: a byte each, through a pipe they inherited.

The supervisor gives the pipe only to a part that takes over from one that still serves. gunicorn
reads this module as its configuration.
"""

import os
import select
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

NAME = "SODAM_READY_FD"


def post_worker_init(_worker: Any) -> None:
    """gunicorn: a worker has loaded the application and begins to serve."""
    say_ready()


def say_ready() -> None:
    """Nothing when nobody asked, or when whoever asked has stopped listening."""
    number = os.environ.get(NAME, "")
    with suppress(OSError):
        if number.isdigit() and stat.S_ISFIFO(os.fstat(int(number)).st_mode):
            os.write(int(number), b".")


class Readiness:
    """The pipe and its two ends; for one start of a part."""

    def __init__(self, *, wanted: int) -> None:
        self.wanted = wanted
        self._read, self.write = os.pipe()
        os.set_inheritable(self.write, True)

    def wait(self, seconds: float, *, is_over: Callable[[], bool]) -> bool:
        """Have as many processes said so before the time, or before `is_over`?"""
        os.close(self.write)  # the part has its own
        heard, until = 0, time.monotonic() + seconds
        while heard < self.wanted and time.monotonic() < until and not is_over():
            if select.select([self._read], [], [], 0.1)[0]:
                said = os.read(self._read, 64)
                if not said:
                    break
                heard += len(said)
        os.close(self._read)
        return heard >= self.wanted
