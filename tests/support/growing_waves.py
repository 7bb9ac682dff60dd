"""Rings and waves: the scenes of `tests.support.growing` in which cities have their turns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenants.provisioning.applied import cities_behind
from tenants.provisioning.looking import waiting_migrations
from tenants.provisioning.migrating import cities_migrate
from tenants.provisioning.operations import operation_ask, operation_cancel, operation_retry
from tenants.provisioning.operations.kinds import Found, Told
from tenants.provisioning.operations.running import operation_run
from tenants.provisioning.waves import Turn, wave_arguments
from tenants.types import Asker, OperationFacts, OperationKind, StepState
from tests.support.growing_facts import CODES, change, undo

if TYPE_CHECKING:
    from tests.support.growing import Garden

RINGS = {"busan": 0, "seoul": 1, "jeju": 2}
NAME = "0008_deeper"
BROKEN = "ALTER TABLE {code}.growing_root ADD COLUMN depth text"
MENDED = "ALTER TABLE {code}.growing_root DROP COLUMN depth"
BY = Asker(None, "시험", "cli")


class ServingSide:
    """In the place of the serving process: what the guards of upper floors found."""

    def __init__(self, held: dict[str, str]) -> None:
        self.held = held

    def run(self, name: str, tell: Callable[[Told], None]) -> None:
        tell(Found({"held": self.held}))

    def end(self) -> None:
        return None


def _all_behind() -> None:
    cities_migrate()  # so that all can be taken back alike
    for code in CODES:
        undo(code, NAME)
        change(f"UPDATE public.tenants_city SET ring = {RINGS[code]} WHERE code = '{code}'")  # noqa: S608


def _states(cities: list[Any]) -> list[list[Any]]:
    return [[one.code, one.ring, one.state] for one in cities]


def rings(garden: Garden) -> dict[str, Any]:
    """The canary first; when it fails, nobody else has a turn."""
    _all_behind()
    change(BROKEN.format(code="busan"))
    first = cities_migrate()
    change(MENDED.format(code="busan"))
    last = cities_migrate(ring=2)
    rest = cities_migrate()
    return {
        "first": _states(first.cities),
        "why_held": first.held["seoul"],
        "only_ring_2": _states(last.cities),
        "rest": _states(rest.cities),
        "report": {
            name: getattr(rest.cities[0], name)
            for name in ("version_from", "version_to", "how", "lock_waits", "applied")
        },
        "left": cities_behind(),
    }


def looked(garden: Garden) -> dict[str, Any]:
    """What would be done; afterwards everybody is behind as before."""
    _all_behind()
    found = waiting_migrations(["seoul", "jeju"])
    return {
        "found": [[one.code, [each.name for each in one.waits]] for one in found],
        "sql": found[0].waits[0].sql,
        "still_behind": sorted(cities_behind()),
    }


def wave(garden: Garden) -> dict[str, Any]:
    """As an operation: one city fails and stays; the others, the check, and one retry."""
    _all_behind()
    change(BROKEN.format(code="seoul"))
    asked = _ask()
    first = _run(asked.id)
    change(MENDED.format(code="seoul"))
    operation_retry(asked.id)
    second = _run(asked.id)
    return {"first": _told(first), "second": _told(second), "left": cities_behind()}


def wave_stopped(garden: Garden) -> dict[str, Any]:
    """The canary fails: no other city's step begins. Then one is held by a plugin."""
    _all_behind()
    change(BROKEN.format(code="busan"))
    asked = _ask()
    first = _run(asked.id, held={"jeju": "플러그인 jeju"})
    change(MENDED.format(code="busan"))
    operation_retry(asked.id)
    second = _run(asked.id, held={"jeju": "플러그인 jeju"})
    return {"first": _told(first), "second": _told(second), "left": sorted(cities_behind())}


def wave_paused(garden: Garden) -> dict[str, Any]:
    """Stopped after the first city; asked for again, it does the others."""
    _all_behind()
    asked = _ask()

    def stop(name: str, state: StepState) -> None:
        if (name, state) == ("city.busan", StepState.DONE):
            operation_cancel(asked.id)

    first = _run(asked.id, watch=stop)
    left = sorted(cities_behind())
    second = _run(_ask().id)
    return {"first": _told(first), "left": left, "second": _told(second)}


def wave_looked(garden: Garden) -> dict[str, Any]:
    """The dry run of a wave."""
    _all_behind()
    found = _run(_ask(dry_run=True).id)
    cities_migrate()
    return {
        "waiting": [[one["code"], one["ring"], one["waits"]] for one in found.result["waiting"]],
        "sql": sorted(found.result["sql"]),
    }


def _ask(*, dry_run: bool = False) -> OperationFacts:
    turns = [Turn(code, ring) for code, ring in RINGS.items()]
    arguments = wave_arguments(turns, dry_run=dry_run)
    return operation_ask(
        OperationKind.MIGRATE, "", by=BY, now=datetime.now(UTC), arguments=arguments
    )


def _run(
    operation_id: UUID,
    *,
    held: dict[str, str] | None = None,
    watch: Callable[[str, StepState], None] = lambda _name, _state: None,
) -> OperationFacts:
    return operation_run(
        operation_id,
        start_serving=lambda _id: ServingSide(held or {}),
        now=lambda: datetime.now(UTC),
        watch=watch,
    )


def _told(operation: OperationFacts) -> dict[str, Any]:
    cities = operation.result.get("cities", {})
    return {
        "state": operation.state,
        "problem": operation.problem,
        "steps": {step.name: step.state for step in operation.steps},
        "cities": {code: report["state"] for code, report in cities.items()},
        "checks": [one["schema_diff_lines"] for one in operation.result.get("checks", [])],
    }


SCENES = [rings, looked, wave, wave_stopped, wave_paused, wave_looked]
