"""Opening cities for the demo world: a process of its own with the owner's login."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence


class CitiesNotOpened(Exception):
    """The owner's process could not open the cities; what it said is in the message."""


def open_cities(codes: Sequence[str]) -> None:
    """Open them in one owner's process. Safe to repeat. Raises CitiesNotOpened."""
    if not codes:
        return
    done = subprocess.run(  # noqa: S603 - our own command, city codes as arguments
        [sys.executable, "-m", "sodam.cli", "platform", "open", *codes],
        env={**os.environ, "SODAM_PROCESS": "owner"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CitiesNotOpened(done.stderr[-2000:])
