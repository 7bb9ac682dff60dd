"""Bring cities up to date in rings: the canary first, each city in its own transaction.

A city that fails keeps what it had and is named; the others are done, unless it is a canary: then
the wave stops before it reaches them. Run again, it goes on where it stopped: a migration's row is
written in the transaction of its SQL.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

import psycopg

from tenants.errors import UnknownCity
from tenants.provisioning.applied import CityHistory, applied_migrations, city_histories
from tenants.provisioning.applying import Effort, city_apply
from tenants.provisioning.capture import CapturedMigration, capture
from tenants.provisioning.owner import raw_connection
from tenants.provisioning.script import flush_sql
from tenants.schema import Key, migrations_on_disk, version_of

Progress = Callable[[str], None]
Outcome = Literal["migrated", "failed", "held"]
ONE_RUN = 0x50DA_0001
CANARY = 0  # the ring whose failure stops the wave
LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CityMigrated:
    """The report of one city that was behind.

    `version_to` is what it has now, which is not what was wanted when it failed or was held.
    `how`: by captured `sql`, by `django`, or `both`. `lock_waits`: how often a table was held by
    somebody else for longer than the limit.
    """

    code: str
    ring: int
    state: Outcome
    version_from: str
    version_to: str
    applied: int = 0
    how: str = ""
    seconds: float = 0.0
    lock_waits: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class CitiesMigrated:
    """The reports, in the order in which the cities' turns came."""

    cities: list[CityMigrated] = field(default_factory=list)

    @property
    def applied(self) -> dict[str, int]:
        """City -> how many migrations were applied."""
        return {one.code: one.applied for one in self.cities if one.state == "migrated"}

    @property
    def failed(self) -> dict[str, str]:
        """City -> why it could not be brought up to date."""
        return {one.code: one.problem for one in self.cities if one.state == "failed"}

    @property
    def held(self) -> dict[str, str]:
        """City -> why its turn did not come."""
        return {one.code: one.problem for one in self.cities if one.state == "held"}


@dataclass(frozen=True, slots=True)
class MigrationPlan:
    """What waits: the cities that lack something, ring by ring; the SQL of what some city lacks."""

    behind: Sequence[CityHistory] = ()
    steps: Sequence[CapturedMigration] = ()

    def waiting(self, city: CityHistory) -> list[CapturedMigration]:
        """What this city lacks, in the order in which it is applied."""
        return [step for step in self.steps if step.key not in city.keys]


def cities_migrate(
    codes: Sequence[str] | None = None,
    *,
    ring: int | None = None,
    held: Mapping[str, str] | None = None,
    progress: Progress = lambda _: None,
) -> CitiesMigrated:
    """Bring these cities, or every served one, up to date. When nothing waits: one query."""
    return apply_plan(migration_plan(codes, ring=ring), held=held, progress=progress)


def migration_plan(codes: Sequence[str] | None = None, *, ring: int | None = None) -> MigrationPlan:
    """One query; the graph is loaded, and SQL captured, only when somebody lacks something.

    Raises UnknownCity.
    """
    wanted, found = migrations_on_disk(), city_histories(codes)
    for code in set(codes or ()) - {one.code for one in found}:
        raise UnknownCity("그런 시·도가 없습니다.", code=code)
    behind = [one for one in found if wanted - one.keys and ring in (None, one.ring)]
    if not behind:
        return MigrationPlan()
    needed = {key for one in behind for key in wanted - one.keys}
    return MigrationPlan(behind, capture(needed, like=min(one.code for one in behind)))


def apply_plan(
    plan: MigrationPlan,
    *,
    held: Mapping[str, str] | None = None,
    progress: Progress = lambda _: None,
) -> CitiesMigrated:
    """City by city, ring by ring; one run at a time. `held`: city -> why its turn must not come."""
    done = CitiesMigrated()
    if plan.behind:
        with _alone():
            _apply(plan, dict(held or {}), done, progress=progress)
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


def _apply(
    plan: MigrationPlan, held: dict[str, str], done: CitiesMigrated, *, progress: Progress
) -> None:
    for city in plan.behind:
        why = held.get(city.code) or _canary_failed(city, done)
        if why:
            version = version_of(city.keys)
            done.cities.append(
                CityMigrated(city.code, city.ring, "held", version, version, problem=why)
            )
            continue
        progress(city.code)
        done.cities.append(_migrated(plan, city))


def _canary_failed(city: CityHistory, done: CitiesMigrated) -> str:
    failed = [one.code for one in done.cities if one.ring == CANARY and one.state == "failed"]
    return f"the canary failed: {', '.join(failed)}" if failed and city.ring > CANARY else ""


def _migrated(plan: MigrationPlan, city: CityHistory) -> CityMigrated:
    waiting, effort, started = plan.waiting(city), Effort(), time.monotonic()
    before, problem = version_of(city.keys), ""
    try:
        city_apply(city.code, waiting, have=city.keys, effort=effort)
    except Exception as failure:  # a data migration may raise anything
        LOG.exception("city_not_migrated", extra={"code": city.code})
        problem = _words(failure)
    return CityMigrated(
        code=city.code,
        ring=city.ring,
        state="failed" if problem else "migrated",
        version_from=before,
        version_to=_version_now(city) if problem else version_of(_together(city, waiting)),
        applied=0 if problem else len(waiting),
        how=effort.how,
        seconds=round(time.monotonic() - started, 3),
        lock_waits=effort.lock_waits,
        problem=problem,
    )


def _together(city: CityHistory, waiting: Sequence[CapturedMigration]) -> set[Key]:
    return set(city.keys) | {step.key for step in waiting}


def _version_now(city: CityHistory) -> str:
    """Of several transactions some may have been done before the one that failed."""
    try:
        return version_of(applied_migrations([city.code])[city.code])
    except psycopg.Error:
        return version_of(city.keys)


def _words(failure: Exception) -> str:
    """Which failure it was, on one line; never the values of a row."""
    told = failure.diag.message_primary if isinstance(failure, psycopg.Error) else str(failure)
    return f"{type(failure).__name__}: {(told or '').partition(chr(10))[0]}"
