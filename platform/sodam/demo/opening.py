"""Opening cities for the demo world: a process of its own with the owner's login.

`python -m sodam.demo.opening busan seoul`
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime


class CitiesNotOpened(Exception):
    """The owner's process could not open the cities; what it said is in the message."""


def open_cities(codes: Sequence[str]) -> None:
    """Open them in one owner's process. Safe to repeat. Raises CitiesNotOpened."""
    if not codes:
        return
    done = subprocess.run(  # noqa: S603 - our own module, city codes as arguments
        [sys.executable, "-m", "sodam.demo.opening", *codes],
        env={**os.environ, "SODAM_PROCESS": "owner"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CitiesNotOpened(done.stderr[-2000:])


def main(codes: Sequence[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sodam.settings")
    import django

    django.setup()
    from tenants.provisioning.cities import city_open

    for code in codes:
        city_open(code, now=datetime.now(UTC))


if __name__ == "__main__":
    main(sys.argv[1:])
