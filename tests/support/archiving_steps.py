"""Scenes of `tests.support.archiving` that go through operations: steps done twice, the nights."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from tenants.backups import backup_newest
from tenants.errors import DomainError
from tenants.models import Backup, City, Operation
from tenants.provisioning.archive import erasing, records, schedule
from tenants.provisioning.archive.comparing import cities_compare
from tenants.provisioning.operations import StepContext, StepSpec, operation_ask, operation_get
from tenants.provisioning.operations.kinds import steps_of
from tenants.types import Asker, OperationFacts, OperationKind, OperationState

BY = Asker(None, "시험", "cli")
CLOCK = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


def ask_for(kind: OperationKind, code: str, **arguments: Any) -> OperationFacts:
    return operation_ask(kind, code, by=BY, now=CLOCK, arguments=arguments)


def own_steps(operation: OperationFacts) -> list[StepSpec]:
    """Those of the owner; what the city's own role does needs another process."""
    return [step for step in steps_of(operation) if step.side == "owner"]


def context_of(operation: OperationFacts, results: dict[str, Any]) -> StepContext:
    return StepContext(
        operation_id=operation.id,
        kind=operation.kind,
        city_code=operation.city_code,
        arguments=dict(operation.arguments),
        results=results,
        now=lambda: CLOCK,
        tell=lambda _told: None,
    )


def end(identity: UUID, state: OperationState = OperationState.DONE) -> None:
    Operation.objects.filter(id=identity).update(state=state.value, stands=False, ended_at=CLOCK)


def twice(kind: OperationKind, code: str, **arguments: Any) -> dict[str, Any]:
    """Every step two times, as after a kill between a step's work and its mark; what was found."""
    operation, results = ask_for(kind, code, **arguments), {}  # type: ignore[var-annotated]
    for step in own_steps(operation):
        for _ in range(2):
            step.run(context_of(operation, results))
    end(operation.id)
    return results


def every_step_twice() -> Any:
    made = twice(OperationKind.BACKUP, "busan")
    tried = twice(OperationKind.TEST_RESTORE, "busan")
    restored = twice(OperationKind.RESTORE, "busan_two", backup_id=made["backup_id"])
    compared = cities_compare("busan", "busan_two")
    switched = twice(OperationKind.SWITCH, "busan", **{"with": "busan_two"})
    after = cities_compare("busan", "busan_two")
    twice(OperationKind.BACKUP, "busan_two")
    handed_over = twice(OperationKind.EXPORT, "busan_two")
    erased = twice(OperationKind.ERASE, "busan_two")
    return {
        "archives": Backup.objects.filter(city_code="busan").count(),
        "restored": [restored["rows"] == made["rows"], restored["differences"]],
        "tried": [tried["restored"], tried["differences"]],
        "newest": backup_newest("busan")["busan"].is_restorable,
        "compared": [len(compared.differences), len(after.differences)],
        "copy_is_gone": switched["copy_is_gone"],
        "exported": Path(handed_over["path"]).suffix,
        "backups": [erased["backups"], records.backups_folder("busan_two").exists()],
        "hits": erased["certificate"]["scan"]["hits"],
        "left": erasing.traces_left("busan_two"),
        "work": sorted(path.name for path in records.work_folder("x").parent.glob("*")),
    }


def a_torn_archive_in_a_restore() -> Any:
    """The step fails and takes everything away; tried again with a whole file, all is made anew."""
    path = Path(backup_newest("busan")["busan"].path)
    whole, harmed = path.read_bytes(), path.with_name("harmed.age")
    harmed.write_bytes(whole)
    operation = ask_for(OperationKind.RESTORE, "busan_bad", archive=str(harmed))
    results: dict[str, Any] = {}
    steps = {step.name: step for step in own_steps(operation)}
    for name in ("check", "tables"):
        steps[name].run(context_of(operation, results))
    harmed.write_bytes(whole[:-2000])
    code = failure_of(lambda: steps["rows"].run(context_of(operation, results)))
    left = erasing.traces_left("busan_bad")
    harmed.write_bytes(whole)
    for name in ("rows", "verify", "migrate", "open"):
        steps[name].run(context_of(operation, results))
    end(operation.id)
    found = {"code": code, "left": left, "differences": results["differences"]}
    twice(OperationKind.ERASE, "busan_bad")
    harmed.unlink()
    return found


def failure_of(work: Callable[[], Any]) -> str:
    try:
        work()
    except DomainError as failure:
        return failure.code
    return ""


def the_nights() -> Any:
    """When a backup is due, when a trial; one at a time, and what failed waits an hour."""
    evening = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)  # 21:00 in Seoul
    City.objects.filter(code__in=["busan", "seoul"]).update(opened_at=evening - timedelta(hours=20))
    Backup.objects.filter(city_code="busan").update(made_at=evening, tested_at=None)
    night, morning = evening + timedelta(hours=6), evening + timedelta(hours=9)
    found = {
        "evening": schedule.backups_due(evening),
        "night": schedule.backups_due(night),
        "late": schedule.backups_due(evening + timedelta(hours=12)),
        "trials_by_night": schedule.trials_due(night),
        "trials": schedule.trials_due(morning),
        "asked": schedule.backups_ask(night),
        "asked_again": schedule.backups_ask(night),
    }
    waiting = Operation.objects.get(kind=OperationKind.BACKUP.value, stands=True)
    end(waiting.pk, OperationState.FAILED)
    Operation.objects.filter(pk=waiting.pk).update(ended_at=night)
    found["next"] = schedule.backups_ask(night + timedelta(minutes=5))
    end(Operation.objects.get(kind=OperationKind.BACKUP.value, stands=True).pk)
    found["by"] = operation_get(waiting.pk).origin
    return found


def retention() -> Any:
    """Of thirty nights those that nobody needs go, with their files."""
    folder = records.backups_folder("seoul")
    folder.mkdir(parents=True, exist_ok=True)
    for back in range(30):
        path = folder / f"{back}.age"
        path.write_bytes(b"x")
        Backup.objects.create(
            city_code="seoul",
            made_at=CLOCK - timedelta(days=back),
            path=str(path),
            size_bytes=1,
            rows=1,
            files=0,
            seconds=1,
            digest="",
            app="0",
            kept_until=CLOCK + timedelta(days=1) if back == 29 else None,
            test_result={"restored": True} if back == 20 else {},
        )
    removed = records.backups_prune("seoul", now=CLOCK)
    left = sorted(int(path.stem) for path in folder.iterdir())
    return {
        "removed": len(removed),
        "left": left,
        "rows": Backup.objects.filter(city_code="seoul", removed_at=None).count(),
    }
