"""Bring cities up to date: captured SQL, each city in its own transaction, the rest by Django.

A city that fails keeps what it had and is named; the others are done. Run again, it goes on where
it stopped: a migration's row is written in the transaction of its SQL.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby

import psycopg
from psycopg.errors import LockNotAvailable
from psycopg.sql import SQL, Literal

from tenants.errors import UnknownCity
from tenants.provisioning.applied import Key, applied_migrations, migrations_on_disk
from tenants.provisioning.capture import CapturedMigration, capture
from tenants.provisioning.owner import Statement, raw_connection
from tenants.provisioning.replay import migrate_schema
from tenants.provisioning.roles import after_tables_sql
from tenants.provisioning.script import MIGRATED_MEANWHILE, city_script, flush_sql

Progress = Callable[[str], None]
LOCK_SECONDS = 3.0  # who waits for a table's lock makes everybody behind wait too
TRIES = 3
ONE_RUN = 0x50DA_0001
LOCKED = LockNotAvailable.sqlstate
LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CitiesMigrated:
    """City -> how many migrations were applied; city -> why it could not be brought up to date."""

    applied: dict[str, int] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


class HistoryTorn(Exception):
    """A city has a migration without one that it needs: nobody can say what its tables are."""


@dataclass(frozen=True, slots=True)
class MigrationPlan:
    """What waits: city -> the migrations it has; the SQL of those that some city lacks."""

    behind: Mapping[str, set[Key]] = field(default_factory=dict)
    steps: Sequence[CapturedMigration] = ()


def cities_migrate(
    codes: Sequence[str] | None = None, *, progress: Progress = lambda _: None
) -> CitiesMigrated:
    """Bring these cities, or every served one, up to date. When nothing waits: one query."""
    return apply_plan(migration_plan(codes), progress=progress)


def migration_plan(codes: Sequence[str] | None = None) -> MigrationPlan:
    """One query; the graph is loaded, and SQL captured, only when somebody lacks something.

    Raises UnknownCity.
    """
    wanted, have = migrations_on_disk(), applied_migrations(codes)
    for code in set(codes or ()) - set(have):
        raise UnknownCity("그런 시·도가 없습니다.", code=code)
    behind = {code: applied for code, applied in have.items() if wanted - applied}
    if not behind:
        return MigrationPlan()
    needed = {key for applied in behind.values() for key in wanted - applied}
    return MigrationPlan(behind, capture(needed, like=min(behind)))


def apply_plan(plan: MigrationPlan, *, progress: Progress = lambda _: None) -> CitiesMigrated:
    """City by city; a failure is noted, and the next city goes on. One run at a time."""
    done = CitiesMigrated()
    if plan.behind:
        with _alone():
            _apply(plan, done, progress=progress)
    if done.applied:
        raw_connection().execute(flush_sql())
    return done


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other process migrates cities of this database."""
    raw_connection().execute(f"SELECT pg_advisory_lock({ONE_RUN})".encode())
    try:
        yield
    finally:
        raw_connection().execute(f"SELECT pg_advisory_unlock({ONE_RUN})".encode())


def _apply(plan: MigrationPlan, done: CitiesMigrated, *, progress: Progress) -> None:
    for code, applied in plan.behind.items():
        progress(code)
        waiting = [step for step in plan.steps if step.key not in applied]
        try:
            _assert_whole(applied, waiting)
            _migrate(code, waiting)
            done.applied[code] = len(waiting)
        except Exception as failure:  # a data migration may raise anything
            LOG.exception("city_not_migrated", extra={"code": code})
            done.failed[code] = _words(failure)


def _assert_whole(applied: Collection[Key], waiting: Sequence[CapturedMigration]) -> None:
    if not applied:
        raise HistoryTorn("it has no tables; opening the city again makes them")
    for step in waiting:
        ahead = sorted(key for key in step.followers if key in applied)
        if ahead:
            raise HistoryTorn(f"{'.'.join(ahead[0])} is applied, {'.'.join(step.key)} is not")


def _migrate(code: str, waiting: Sequence[CapturedMigration]) -> None:
    """Neighbours that are captured go together; between them, Django runs what only it can."""
    closing = after_tables_sql(code)
    if any(step.replaces for step in waiting):
        return _by_django(code, [], closing)
    groups = [list(group) for _, group in groupby(waiting, key=lambda step: bool(step.by_django))]
    for group in groups:
        last = closing if group is groups[-1] else SQL("")
        if group[0].by_django:
            _by_django(code, group, last)
        else:
            _apply_patiently(code, group, last)
    return None


def _by_django(code: str, steps: Sequence[CapturedMigration], closing: Statement) -> None:
    """These or all, in Django's own transactions; waiting for locks no longer than we do."""
    raw = raw_connection()
    raw.execute(SQL("SET lock_timeout = {}").format(Literal(_lock_timeout())))
    try:
        for targets in [[step.key] for step in steps] or [[]]:
            # To a target that is there already Django goes backwards: it would take away what
            # another run put on top, and its data.
            if not set(targets) & applied_migrations([code])[code]:
                migrate_schema(code, targets)
    finally:
        raw.execute("SET lock_timeout = DEFAULT")
    raw.execute(closing)


def _apply_patiently(code: str, steps: Sequence[CapturedMigration], closing: Statement) -> None:
    """Who reads the table just now may finish; what another process did meanwhile is left out."""
    for tries_left in reversed(range(TRIES)):
        timeout = _lock_timeout()
        script = city_script(code, steps, closing, lock_timeout=timeout) if steps else closing
        try:
            raw_connection().execute(script)
        except psycopg.Error as failure:
            if not tries_left or failure.sqlstate not in (LOCKED, MIGRATED_MEANWHILE):
                raise
            LOG.warning("city_busy", extra={"code": code})
            have = applied_migrations([code])[code]
            steps = [step for step in steps if step.key not in have]
        else:
            return


def _lock_timeout() -> str:
    return f"{LOCK_SECONDS * 1000:.0f}ms"


def _words(failure: Exception) -> str:
    """Which failure it was, on one line; never the values of a row."""
    told = failure.diag.message_primary if isinstance(failure, psycopg.Error) else str(failure)
    return f"{type(failure).__name__}: {(told or '').partition(chr(10))[0]}"
