"""What a migration would do, city by city, before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tenants.provisioning.capture import CapturedMigration
from tenants.provisioning.migrating import migration_plan
from tenants.schema import version_of


@dataclass(frozen=True, slots=True)
class WaitingMigration:
    """One migration. `by_django`: why it cannot be captured as SQL; "" when it was."""

    app: str
    name: str
    by_django: str
    sql: str


@dataclass(frozen=True, slots=True)
class CityWaiting:
    """One city that is behind: its version now, and what it lacks, in order."""

    code: str
    ring: int
    version: str
    waits: tuple[WaitingMigration, ...]


def waiting_migrations(
    codes: Sequence[str] | None = None, *, ring: int | None = None
) -> list[CityWaiting]:
    """Every city that is behind, in the order of the wave. Changes nothing."""
    plan = migration_plan(codes, ring=ring)
    return [
        CityWaiting(
            code=city.code,
            ring=city.ring,
            version=version_of(city.keys),
            waits=tuple(_waiting(step) for step in plan.waiting(city)),
        )
        for city in plan.behind
    ]


def _waiting(step: CapturedMigration) -> WaitingMigration:
    return WaitingMigration(*step.key, by_django=step.by_django, sql=step.sql)
