"""The suites by name, and running one in a process and a database of its own.

A suite is a module of this package with `def run() -> Iterator[Figure]`. It finds a fresh database
with two open, empty cities (busan, seoul), nobody being served, settings pointing there. One that
opens or migrates cities works as the owner, every other as a serving process.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

import psycopg
from django.core.cache import cache
from psycopg.sql import SQL, Identifier

from sodam.logs import configure_logging
from tests.benchmarks.harness import Figure, all_figures, say
from tests.support import cluster, environment

REPOSITORY = Path(__file__).resolve().parents[2]
OWNER = {"SODAM_PROCESS": "owner"}
GROWING = {**OWNER, "DJANGO_SETTINGS_MODULE": "tests.support.growing_settings"}
SUITES: dict[str, Mapping[str, str]] = {  # what each wants of its process's environment
    "opening": OWNER,
    "migrating": GROWING,
    "paging": {},
    "facts": {},
    "search": {},
    "segments": {},
    "customers": {},
    "dedupe": {},
    "importing": {},
    "bad_files": {},
    "inbox": {},
    "overview": {},
    "posting": {},
    "scoring": {},
    "neighbour": {},
}


def run_suite(name: str) -> bool:
    """Run it beside this process, its figures on our stdout; whether it came to its end."""
    say(f"{name}: starting")
    try:
        return _beside(name, stdout=None).returncode == 0
    finally:
        _drop_database(f"t_{_worker(name)}")


def figures_beside(name: str) -> str:
    """Run it beside this process; its lines. Raises CalledProcessError when it broke."""
    done = _beside(name, stdout=subprocess.PIPE)
    done.check_returncode()
    return str(done.stdout)


def _beside(name: str, *, stdout: int | None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.suites", name],
        cwd=REPOSITORY,
        env={**os.environ, "PYTEST_XDIST_WORKER": _worker(name), **SUITES[name]},
        stdout=stdout,
        text=True,
        check=False,
    )


def _worker(name: str) -> str:
    return f"bench_{environment.worker()}_{name}"


def _drop_database(name: str) -> None:
    with psycopg.connect(cluster.start_once()["superuser_url"], autocommit=True) as server:
        server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


def suite(name: str) -> Callable[[], Iterator[Figure]]:
    """The suite's `run`."""
    run: Callable[[], Iterator[Figure]] = import_module(f"tests.benchmarks.{name}").run
    return run


def main(name: str) -> None:
    """The suite's own process. What the product logs goes to a file, as in life."""
    cluster.prepare_worker()
    cache.clear()
    configure_logging()
    run = suite(name)
    with (environment.run_folder() / f"{name}.log").open("a", encoding="utf-8") as log:
        for handler in logging.getLogger().handlers:
            if isinstance(handler, logging.StreamHandler):
                handler.setStream(log)
        all_figures(run)


if __name__ == "__main__":
    main(sys.argv[1])
