"""The throw-away servers of one test run: one Postgres, one Valkey, a database per worker."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.cache import caches
from django.db import connections

from sodam.celery import app
from sodam.runtime.postgres import EmbeddedPostgres
from sodam.runtime.valkey import EmbeddedValkey
from tests.support.environment import announce, run_folder, worker

TEST_CITIES = ("busan", "seoul")
PLATFORM_TABLES = (
    "public.tenants_operation",
    "public.tenants_backup",
    "public.core_audit_auditentry",
    "public.core_audit_auditseal",
)
REPOSITORY = Path(__file__).resolve().parents[2]


@contextmanager
def _lock() -> Iterator[None]:
    with (run_folder() / "lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def start_once(*, fsync: bool = False) -> dict[str, str]:
    """Start both servers unless another worker did; where they are."""
    mark = run_folder() / "servers.json"
    with _lock():
        if not mark.exists():
            postgres = EmbeddedPostgres(run_folder() / "servers", fsync=fsync).start()
            broker = EmbeddedValkey(run_folder() / "servers").start()
            found = {
                "superuser_url": postgres.superuser_dsn,
                "postgres_port": str(postgres.port),
                "broker_url": broker.url,
            }
            mark.write_text(json.dumps(found))
    return dict(json.loads(mark.read_text()))


def _number() -> int:
    """Each worker has a numbered database of its own in the one Valkey."""
    name = worker()
    return int(name[2:]) % 15 + 1 if name.startswith("gw") else 0


def _point_settings(found: dict[str, str]) -> None:
    """Django read its settings before the servers ran: tell it where they are now."""
    broker = f"{found['broker_url'].rpartition('/')[0]}/{_number()}"
    announce(postgres_port=int(found["postgres_port"]), broker_url=broker)
    connections.databases["default"]["PORT"] = int(found["postgres_port"])
    settings.CACHES["default"]["LOCATION"] = broker
    caches.settings["default"]["LOCATION"] = broker
    if hasattr(caches._connections, "default"):
        del caches["default"]
    app.conf.broker_url = broker


def stop() -> None:
    """End what this run started, if it started anything."""
    if (run_folder() / "servers.json").exists():
        EmbeddedPostgres(run_folder() / "servers").stop()
        EmbeddedValkey(run_folder() / "servers").stop()


def prepare_worker() -> None:
    """This worker's database, roles and two open cities, made by the owner's process."""
    found = start_once()
    _point_settings(found)
    run_as_owner("prepare", superuser_url=found["superuser_url"])


def empty_cities(*codes: str) -> None:
    """Remove every row of these cities, as only the owner can; without a process of its own."""
    named = (
        "SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables"
        " WHERE schemaname = ANY(%s) AND tablename <> 'django_migrations'"
    )
    with psycopg.connect(owner_url(), autocommit=True) as owner:
        _empty(owner, [name for (name,) in owner.execute(named, [list(codes)])])


def empty_platform() -> None:
    """Remove all operations, archives' rows and the operators' audit, as only the owner can."""
    with psycopg.connect(owner_url(), autocommit=True) as owner:
        owner.execute("SET lock_timeout = '10s'")  # a forgotten transaction is told, not waited for
        _empty(owner, PLATFORM_TABLES)


def _empty(owner: psycopg.Connection[Any], tables: Iterable[str]) -> None:
    filled = [name for name in tables if owner.execute(_any_row(name)).fetchone()]
    if filled:
        owner.execute(f"TRUNCATE {', '.join(filled)} CASCADE".encode())


def owner_url() -> str:
    """Where this worker's database takes its owner's login."""
    return os.environ["SODAM_OWNER_DATABASE_URL"]


def _any_row(table: str) -> bytes:
    return f"SELECT 1 FROM {table} LIMIT 1".encode()  # noqa: S608 - a name quoted by format()


def run_as_owner(
    *arguments: str, superuser_url: str = "", environ: Mapping[str, str] | None = None
) -> None:
    """Run `tests.support.owner` as the owner's process does in life: with another secret."""
    given = {
        "SODAM_PROCESS": "owner",
        "SODAM_SUPERUSER_URL": superuser_url,
        "DJANGO_SETTINGS_MODULE": "sodam.settings",
        **(environ or {}),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.owner", *arguments],
        cwd=REPOSITORY,
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The owner's process failed:\n{done.stdout}\n{done.stderr}")
