"""What the tests need of the owner's process: prepare the database, empty cities, open one more."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402  # after django.setup()

from tenants.provisioning import replay  # noqa: E402
from tenants.provisioning.cities import city_open  # noqa: E402
from tenants.provisioning.platform import prepare_platform  # noqa: E402
from tenants.provisioning.reference import reference_path  # noqa: E402

CITIES = ("busan", "seoul")
KEPT = Path(settings.REPOSITORY) / ".sodam" / "cache"


def prepare() -> None:
    """Database, shared tables and the cities; DDL and its shape are kept between runs."""
    prepare_platform()
    known = [replay.recording_path(), reference_path()]
    for mine in known:
        _copy(KEPT / mine.name, mine)
    for code in CITIES:
        city_open(code, now=datetime.now(UTC))
    for mine in known:
        _copy(mine, KEPT / mine.name)


def _copy(there: Path, here: Path) -> None:
    if there.exists() and not here.exists():
        here.parent.mkdir(parents=True, exist_ok=True)
        part = here.with_suffix(f".{os.getpid()}.part")  # nobody finds half a file
        shutil.copy(there, part)
        part.replace(here)


def open_city(*codes: str) -> None:
    for code in codes:
        city_open(code, now=datetime.now(UTC))


if __name__ == "__main__":
    {"prepare": prepare, "open": open_city}[sys.argv[1]](*sys.argv[2:])
