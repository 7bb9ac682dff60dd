"""Migrating as an operation: a step for each city, ring by ring, so that it can be paused between.

    operation_ask(OperationKind.MIGRATE, "", arguments=wave_arguments(turns), by=…, now=…)

Its result: `cities` {code: report}, `held` {code: why}, `checks` [verified cities]; of a dry run
`waiting` [{code, ring, version, waits}] and `sql` {migration: SQL}.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache, partial
from typing import Any, ClassVar
from uuid import UUID

from tenants.errors import DomainError
from tenants.provisioning.guards import why_held
from tenants.provisioning.looking import waiting_migrations
from tenants.provisioning.migrating import (
    CANARY,
    CityMigrated,
    MigrationPlan,
    apply_plan,
    cities_migrate,
    migration_plan,
)
from tenants.provisioning.operations import StepContext, StepSpec, register_operation
from tenants.provisioning.verifying import cities_verify
from tenants.types import OperationFacts, OperationKind

ALL = ""  # the wave is no single city's


class WaveStopped(DomainError):
    """A city could not be brought up to date: the wave ends here, or ends incomplete."""

    code: ClassVar[str] = "migration.stopped"
    http_status: ClassVar[int] = 409


@dataclass(frozen=True, slots=True)
class Turn:
    """A city in the wave, and what its step is called."""

    code: str
    ring: int
    name_ko: str = ""
    name_en: str = ""


def wave_arguments(turns: Sequence[Turn], *, dry_run: bool = False) -> dict[str, Any]:
    """What a wave needs to know: the cities in the order of their turns."""
    ordered = sorted(turns, key=lambda turn: (turn.ring, turn.code))
    return {"cities": [asdict(turn) for turn in ordered], "dry_run": dry_run}


def wave_steps(operation: OperationFacts) -> list[StepSpec]:
    """A look only, or: objections, the cities, the check of what was done, and what was left."""
    if operation.arguments.get("dry_run"):
        return [StepSpec("look", _look, "owner", None, "미리 보기", "Dry run")]
    return [
        StepSpec("guards", _ask_guards, "serving", None, "플러그인 맞는지 보기", "Check plugins"),
        *(_city_step(turn) for turn in _turns(operation.arguments)),
        StepSpec("checks", _check, "owner", None, "표와 권한 검사", "Check tables and rights"),
        StepSpec("left", _finish, "owner", None, "남은 곳 다시", "Retry what is left"),
    ]


def _city_step(turn: Turn) -> StepSpec:
    work = partial(_city, turn=turn)
    labels = f"{turn.name_ko or turn.code} 이행", f"Migrate {turn.name_en or turn.code}"
    return StepSpec(f"city.{turn.code}", work, "owner", None, *labels)


def _turns(arguments: Mapping[str, Any]) -> list[Turn]:
    return [Turn(**one) for one in arguments.get("cities", [])]


def _codes(context: StepContext) -> tuple[str, ...]:
    return tuple(turn.code for turn in _turns(context.arguments))


def _look(context: StepContext) -> None:
    codes = _codes(context)
    found = waiting_migrations(codes)
    each = {f"{one.app}.{one.name}": one for city in found for one in city.waits}
    context.result(
        waiting=[
            {
                "code": city.code,
                "ring": city.ring,
                "version": city.version,
                "waits": [f"{one.app}.{one.name}" for one in city.waits],
            }
            for city in found
        ],
        sql={name: one.sql for name, one in each.items()},
        by_django={name: one.by_django for name, one in each.items() if one.by_django},
        looked_at=len(codes),
    )
    context.say(f"{len(codes)}곳 가운데 {len(found)}곳에 밀린 이행이 있습니다.")


def _ask_guards(context: StepContext) -> None:
    """In the serving process: the owner enters no city."""
    codes = _codes(context)
    held = {code: why for code in codes if (why := why_held(code))}
    for code, why in held.items():
        context.say(f"{code}: {why}", level="warn")
    context.result(held=held)


def _city(context: StepContext, *, turn: Turn) -> None:
    """One city's turn. A canary that fails stops the wave; any other stays as it was."""
    code, plan = turn.code, _plan(context.operation_id, _codes(context))
    mine = MigrationPlan([one for one in plan.behind if one.code == code], plan.steps)
    held = {code: why for code, why in context.results.get("held", {}).items() if why}
    reports = apply_plan(mine, held=held).cities
    for report in reports:
        _tell(context, report)
        if report.state == "failed" and turn.ring == CANARY:
            raise WaveStopped(
                f"먼저 해 본 {code}에서 실패해 멈췄습니다. {report.problem}", city=code
            )
    if not reports:
        context.say("밀린 이행이 없습니다.")


@lru_cache(maxsize=1)
def _plan(_operation_id: UUID, codes: Sequence[str]) -> MigrationPlan:
    """One graph and one capture for the whole wave; what changed meanwhile is seen in the city."""
    return migration_plan(codes)


def _tell(context: StepContext, report: CityMigrated) -> None:
    words = {
        "migrated": f"{report.version_from} → {report.version_to}, {report.applied}개, "
        f"{report.seconds}초, 잠금 대기 {report.lock_waits}번",
        "held": report.problem,
        "failed": f"{report.version_to} 그대로입니다. {report.problem}",
    }
    level = {"migrated": "info", "held": "warn", "failed": "error"}[report.state]
    context.say(f"{report.code}: {words[report.state]}", level=level)  # type: ignore[arg-type]
    context.result(cities={**context.results.get("cities", {}), report.code: asdict(report)})


def _check(context: StepContext) -> None:
    """Those that were migrated now are, to the line, freshly migrated ones."""
    reports: dict[str, dict[str, Any]] = context.results.get("cities", {})
    codes = [code for code, report in reports.items() if report["state"] == "migrated"]
    found = cities_verify(codes) if codes else []
    for one in found:
        context.say(
            f"{one.code}: 다른 줄 {one.schema_diff_lines}, 벽 {one.walls}",
            level="info" if one.is_whole else "error",
        )
    kept = ("code", "schema_diff_lines", "grants", "owner", "walls", "version", "findings")
    context.result(checks=[{name: getattr(one, name) for name in kept} for one in found])
    broken = [one.code for one in found if not one.is_whole]
    if broken:
        raise WaveStopped(f"표나 권한이 새로 만든 것과 다릅니다: {', '.join(broken)}")


def _finish(context: StepContext) -> None:
    """Who failed once more; who fails again is named, and `retry` comes back to this step."""
    failed = _failed(context)
    reports = {one.code: one for one in cities_migrate(failed).cities} if failed else {}
    for code in failed:
        if code in reports:
            _tell(context, reports[code])
        else:
            _done_by_others(context, code)
    left = ", ".join(_failed(context))
    if left:
        raise WaveStopped(
            f"이전 판 그대로인 곳: {left}. 까닭을 없애고 다시 시도하면 이곳만 이행합니다.",
            left=left,
        )


def _failed(context: StepContext) -> list[str]:
    reports: dict[str, dict[str, Any]] = context.results.get("cities", {})
    return [code for code, report in reports.items() if report["state"] == "failed"]


def _done_by_others(context: StepContext, code: str) -> None:
    """Nothing waits there any more: somebody used the command meanwhile."""
    reports = context.results["cities"]
    report = {**reports[code], "state": "migrated", "problem": ""}
    context.say(f"{code}: 밀린 이행이 없습니다.")
    context.result(cities={**reports, code: report})


register_operation(OperationKind.MIGRATE, wave_steps)
