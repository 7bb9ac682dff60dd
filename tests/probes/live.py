"""What the parts that ask a living database share: many open cities, each with its canaries."""

from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from sodam.logs import configure_logging
from tenants import directory
from tests.probes.planting import Planted, plant, sign_of
from tests.support import cluster, environment


def opened() -> list[str]:
    """Open the cities that were asked for; the first two are there already."""
    codes = os.environ.get("SODAM_PROBE_CITIES", "busan seoul").split()
    cluster.prepare_worker()
    if more := [code for code in codes if code not in cluster.TEST_CITIES]:
        cluster.run_as_owner("open", *more)
    cache.clear()
    directory.refresh()
    return codes


def planted_in(codes: list[str]) -> dict[str, Planted]:
    """Into empty cities: an earlier part of the same run may have planted there."""
    cluster.empty_cities(*codes)
    now = timezone.now()
    return {code: plant(code, sign_of(code, codes), now=now) for code in codes}


def log_to_file(name: str) -> Path:
    """What the product logs, kept to be read for canaries."""
    configure_logging()
    path = environment.run_folder() / f"{name}.log"
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(path.open("a", encoding="utf-8"))
    return path


def say(probe: str, **facts: Any) -> None:
    """One JSON line."""
    sys.stdout.write(json.dumps({"probe": probe, **facts}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def complain(what: list[str]) -> None:
    """To people, beside the figures."""
    for line in what[:50]:
        sys.stderr.write(f"probe: {line}\n")
