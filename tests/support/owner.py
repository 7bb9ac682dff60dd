"""What the tests need of the owner's process: prepare the database, empty cities, open one more."""

from __future__ import annotations

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

CITIES = ("busan", "seoul")
KEPT = Path(settings.REPOSITORY) / ".sodam" / "cache"


def prepare() -> None:
    """Database, shared tables and the cities; the recorded DDL is kept between runs."""
    prepare_platform()
    mine = replay.recording_path()
    kept = KEPT / mine.name
    if kept.exists():
        mine.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(kept, mine)
    for code in CITIES:
        city_open(code, now=datetime.now(UTC))
    if not kept.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        shutil.copy(mine, kept)


def open_city(*codes: str) -> None:
    for code in codes:
        city_open(code, now=datetime.now(UTC))


if __name__ == "__main__":
    {"prepare": prepare, "open": open_city}[sys.argv[1]](*sys.argv[2:])
