"""Opening cities as the owner's process does, with kills, failures and second thoughts.

Run by `tests/tenants/test_opening.py` in the worker's database; prints what happened as JSON.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import django

django.setup()

from django.db import connections  # noqa: E402  # after django.setup()

from sodam.cli.operations import serving_child  # noqa: E402
from tenants.errors import DomainError  # noqa: E402
from tenants.models import City, Host, Operation  # noqa: E402
from tenants.provisioning import cities  # noqa: E402
from tenants.provisioning.opening import opening_ask, opening_plan  # noqa: E402
from tenants.provisioning.operations import (  # noqa: E402
    operation_ask,
    operation_cancel,
    operation_get,
    operation_lines,
    register_schedule,
)
from tenants.provisioning.operations.forgetting import operations_forget_persons  # noqa: E402
from tenants.provisioning.operations.journal import journal_held  # noqa: E402
from tenants.provisioning.operations.kinds import StepSpec, Told  # noqa: E402
from tenants.provisioning.operations.provisioning import Provisioner  # noqa: E402
from tenants.provisioning.operations.running import operation_run  # noqa: E402
from tenants.provisioning.owner import raw_connection, rows  # noqa: E402
from tenants.types import Asker, OperationFacts, OperationKind, StepState  # noqa: E402

BY = Asker(None, "시험", "cli")
CODES = ("sejong", "ulsan")
PLAIN = {"admin_email": "admin@sejong.example", "admin_name": "김첫째", "limits": {"storage_gb": 5}}
Watch = Callable[[str, StepState], None]


def now() -> datetime:
    return datetime.now(UTC)


class LazyServing:
    """The real serving process, started when the first step is for it."""

    def __init__(self, operation_id: UUID, *, dies_after: str = "", dies_once: str = "") -> None:
        self._id, self._dies_after, self._dies_once = operation_id, dies_after, dies_once
        self._child: Any = None

    def run(self, name: str, tell: Callable[[Told], None]) -> None:
        self._child = self._child or serving_child(self._id)
        if name == self._dies_once:
            self._dies_once = ""
            self._child._child.kill()
        self._child.run(name, tell)
        if name == self._dies_after:
            os.kill(os.getpid(), signal.SIGKILL)

    def end(self) -> None:
        if self._child:
            self._child.end()


def run(
    operation_id: UUID, watch: Watch = lambda _name, _state: None, **dies: str
) -> OperationFacts:
    serving = LazyServing(operation_id, **dies)

    def start(_id: UUID) -> LazyServing:
        serving._child = None
        return serving

    return operation_run(operation_id, start_serving=start, now=now, watch=watch)


def _in_a_child(work: Callable[[], object]) -> int:
    """Do it in a process that may be killed; its exit status, below zero for a signal."""
    connections.close_all()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        work()
    except DomainError as refused:
        os._exit(40 if refused.code == "operation.held" else 41)
    os._exit(0)


def _killed_after(operation_id: UUID, name: str) -> int:
    """SIGKILL when the work of this step is done, before anybody has noted it."""

    def dying(spec: StepSpec) -> StepSpec:
        def work(context: Any) -> None:
            spec.run(context)
            os.kill(os.getpid(), signal.SIGKILL)

        return StepSpec(spec.name, work, spec.side, spec.undo)

    def attempt() -> None:
        from tenants.provisioning.operations import running

        known = running.steps_of
        running.steps_of = lambda operation: [
            dying(spec) if spec.name == name and spec.side == "owner" else spec
            for spec in known(operation)
        ]
        run(operation_id, dies_after=name)

    return _in_a_child(attempt)


def every_step_killed() -> dict[str, Any]:
    asked = opening_ask("sejong", PLAIN, by=BY, now=now())
    again = opening_ask("sejong", {"hosts": ["other.localhost"]}, by=BY, now=now())
    names = [step.name for step in asked.steps]
    signals = [_killed_after(asked.id, name) for name in names]
    before = operation_get(asked.id)
    if before.is_ended:
        raise RuntimeError(f"{before.problem}: {[one.words for one in operation_lines(asked.id)]}")
    done = run(asked.id)
    return {
        "is_one": again.id == asked.id,
        "names": names,
        "planned": [spec.name for spec in opening_plan()],
        "signals": signals,
        "state_before": before.state,
        "state": done.state,
        "attempts": [step.attempts for step in done.steps],
        "have_seconds": all(step.seconds is not None for step in done.steps),
        "result": dict(done.result),
        "city": _city("sejong"),
        "filled": _filled("sejong"),
        "persons_forgotten": _forgotten(asked.id),
        "again": _refusal(lambda: opening_ask("sejong", {}, by=BY, now=now())),
        "operations": Operation.objects.filter(city_code="sejong").count(),
    }


def two_runners() -> dict[str, Any]:
    """The second finds the first at work."""
    asked = opening_ask("ulsan", {}, by=BY, now=now())
    seen: list[int] = []

    def watch(name: str, state: StepState) -> None:
        if name == "tables" and state == StepState.RUNNING:
            connections["default"].close()
            seen.append(_in_a_child(lambda: run(asked.id)))
        if name == "tables" and state == StepState.DONE:
            operation_cancel(asked.id)

    ended = run(asked.id, watch)
    return {
        "second": seen,
        "state": ended.state,
        "steps": {step.name: step.state for step in ended.steps},
        "left": _left("ulsan"),
    }


def failing_walls() -> dict[str, Any]:
    """A table too much: it is not opened; asked again after it is gone, the same one goes on."""
    asked = opening_ask("ulsan", {}, by=BY, now=now())

    def watch(name: str, state: StepState) -> None:
        if name == "tables" and state == StepState.DONE:
            raw_connection().execute("CREATE TABLE ulsan.too_much (id int)")

    failed = run(asked.id, watch)
    status = _city("ulsan")["status"]
    other = _refusal(lambda: _ask_backup("ulsan"))
    lines = [line.words for line in operation_lines(asked.id) if line.level == "error"]
    raw_connection().execute("DROP TABLE ulsan.too_much")
    again = opening_ask("ulsan", {"hosts": ["later.localhost"]}, by=BY, now=now())
    done = run(again.id, dies_once="voices.catalogue")
    warned = [line.words for line in operation_lines(asked.id) if line.level == "warn"]
    return {
        "failed": failed.state,
        "stands": failed.stands,
        "problem": failed.problem,
        "status": status,
        "other": other,
        "lines": lines,
        "same": again.id == asked.id,
        "state": done.state,
        "warned": len(warned),
        "hosts": _city("ulsan")["hosts"],
    }


def provisioner() -> dict[str, Any]:
    """What it begins: what waits and may; not what another holds, nor what awaits a person."""
    held = opening_ask("sejong", {}, by=BY, now=now())
    left = opening_ask("ulsan", {}, by=BY, now=now())
    operation_ask(OperationKind.CLOSE, "seoul", by=BY, now=now(), needs_approval=True)
    begun: list[UUID] = []
    mine = Provisioner(start=lambda one: begun.append(one) or Running(), now=now)
    register_schedule("test.broken", _broken)
    asked: list[datetime] = []
    register_schedule("test.well", asked.append)
    with journal_held(held.id):
        mine.look()
        mine.look()
    mine.look()
    Operation.objects.all().delete()
    return {
        "begun": [left.id == begun[0], held.id == begun[1], len(begun)],
        "asked": len(asked),
    }


class Running:
    """A process that goes on."""

    def poll(self) -> int | None:
        return None


def _broken(_now: datetime) -> None:
    raise RuntimeError("this schedule is broken")


def _ask_backup(code: str) -> None:
    operation_ask(OperationKind.BACKUP, code, by=BY, now=now())


def _refusal(work: Callable[[], object]) -> str:
    try:
        work()
    except DomainError as refused:
        return refused.code
    return ""


def _city(code: str) -> dict[str, Any]:
    city = City.objects.get(code=code)
    return {
        "status": city.status,
        "is_trial": city.is_trial,
        "public": city.public_at is not None,
        "region_code": city.region_code,
        "limits": city.limits,
        "hosts": sorted(city.domains.values_list("domain", flat=True)),
    }


def _forgotten(operation_id: UUID) -> list[str]:
    """What is left of arguments and result after an erasure's first step, by name."""
    operations_forget_persons("sejong")
    left = operation_get(operation_id)
    return sorted({*left.arguments, *left.result})


def _filled(code: str) -> dict[str, int]:
    """Rows of what the serving steps bring: a step that was done twice brings nothing twice."""
    tables = ("core_staff_department", "core_voices_category", "core_staff_official")
    return {
        table: rows(f"SELECT count(*) FROM {code}.{table}")[0][0]  # noqa: S608
        for table in tables
    }


def _left(code: str) -> dict[str, int]:
    return {
        "schema": len(rows("SELECT 1 FROM pg_namespace WHERE nspname = %s", [code])),
        "role": len(rows("SELECT 1 FROM pg_roles WHERE rolname LIKE %s", [f"%c\\_{code}"])),
        "city": City.objects.filter(code=code).count(),
        "hosts": Host.objects.filter(domain__startswith=code).count(),
    }


def clean() -> None:
    """The other tests of this worker know two cities."""
    Operation.objects.filter(city_code__in=CODES).delete()
    for code in CODES:
        City.objects.filter(code=code).update(status=City.Status.NOT_OPEN)
        cities.city_unmake(code)
        cities.city_release(code)


SCENES = (provisioner, every_step_killed, two_runners, failing_walls)

if __name__ == "__main__":
    clean()
    try:
        json.dump({scene.__name__: scene() for scene in SCENES}, sys.stdout, default=str)
    finally:
        clean()
