"""One city's waiting migrations: captured SQL in one message, the rest by Django."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

import psycopg
from psycopg.errors import LockNotAvailable
from psycopg.sql import SQL, Literal

from tenants.provisioning.applied import applied_migrations
from tenants.provisioning.capture import CapturedMigration
from tenants.provisioning.owner import Statement, raw_connection
from tenants.provisioning.replay import migrate_schema
from tenants.provisioning.roles import after_tables_sql
from tenants.provisioning.script import MIGRATED_MEANWHILE, city_script
from tenants.schema import Key

LOCK_SECONDS = 3.0  # who waits for a table's lock makes everybody behind wait too
TRIES = 3
LOCKED = LockNotAvailable.sqlstate
LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class Effort:
    """What one city took: how often a table was held by somebody else, and who did the work."""

    lock_waits: int = 0
    by_sql: int = 0
    by_django: int = 0

    @property
    def how(self) -> str:
        """`sql`, `django`, `both`, or "" when nothing was done."""
        if self.by_sql and self.by_django:
            return "both"
        return "sql" if self.by_sql else "django" if self.by_django else ""


class HistoryTorn(Exception):
    """A city has a migration without one that it needs: nobody can say what its tables are."""


def city_apply(
    code: str, waiting: Sequence[CapturedMigration], *, have: Collection[Key], effort: Effort
) -> None:
    """Bring one city up to date; what stands in `waiting`, in its order. Raises HistoryTorn."""
    _assert_whole(have, waiting)
    closing = after_tables_sql(code)
    if any(step.replaces for step in waiting):
        return _by_django(code, [], closing, effort)
    groups = [list(group) for _, group in groupby(waiting, key=lambda step: bool(step.by_django))]
    for group in groups:
        last = closing if group is groups[-1] else SQL("")
        work = _by_django if group[0].by_django else _apply_patiently
        work(code, group, last, effort)
    return None


def _assert_whole(applied: Collection[Key], waiting: Sequence[CapturedMigration]) -> None:
    if not applied:
        raise HistoryTorn("it has no tables; opening the city again makes them")
    for step in waiting:
        ahead = sorted(key for key in step.followers if key in applied)
        if ahead:
            raise HistoryTorn(f"{'.'.join(ahead[0])} is applied, {'.'.join(step.key)} is not")


def _by_django(
    code: str, steps: Sequence[CapturedMigration], closing: Statement, effort: Effort
) -> None:
    """These or all, in Django's own transactions; waiting for locks no longer than we do."""
    raw = raw_connection()
    raw.execute(SQL("SET lock_timeout = {}").format(Literal(_lock_timeout())))
    try:
        for targets in [[step.key] for step in steps] or [[]]:
            # To a target that is there already Django goes backwards: it would take away what
            # another run put on top, and its data.
            if not set(targets) & applied_migrations([code])[code]:
                migrate_schema(code, targets)
                effort.by_django += 1
    finally:
        raw.execute("SET lock_timeout = DEFAULT")
    raw.execute(closing)


def _apply_patiently(
    code: str, steps: Sequence[CapturedMigration], closing: Statement, effort: Effort
) -> None:
    """Who reads the table just now may finish; what another process did meanwhile is left out."""
    for tries_left in reversed(range(TRIES)):
        timeout = _lock_timeout()
        script = city_script(code, steps, closing, lock_timeout=timeout) if steps else closing
        try:
            raw_connection().execute(script)
        except psycopg.Error as failure:
            effort.lock_waits += failure.sqlstate == LOCKED
            if not tries_left or failure.sqlstate not in (LOCKED, MIGRATED_MEANWHILE):
                raise
            LOG.warning("city_busy", extra={"code": code})
            have = applied_migrations([code])[code]
            steps = [step for step in steps if step.key not in have]
        else:
            effort.by_sql += len(steps)
            return


def _lock_timeout() -> str:
    return f"{LOCK_SECONDS * 1000:.0f}ms"
