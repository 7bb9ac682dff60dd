"""Carrying out an operation at the terminal: run by the owner, or followed when it runs already."""

import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TextIO
from uuid import UUID

from sodam.cli.answers import Code, complain, say, show_json, show_rows
from sodam.cli.processes import as_owner, own_command, serving_environment

if TYPE_CHECKING:
    from tenants.provisioning.operations.serving_side import ServingSide
    from tenants.types import Asker, OperationFacts, StepState

LOOK_SECONDS = 0.3
STEPS = {"name": "단계", "state": "상태", "seconds": "초", "detail": "내용"}


def at_the_terminal() -> "Asker":
    """Who asks: the user of this machine."""
    from tenants.types import Asker

    name = os.environ.get("SUDO_USER") or os.environ.get("USER") or f"uid {os.getuid()}"
    return Asker(None, name, "cli")


def carry_out(operation: "OperationFacts", *, form: str, take: tuple[str, ...] = ()) -> int:
    """Run or follow it to its end, say its steps on the way, show it; the exit code.

    `take`: facts of the result that are shown now, and then forgotten.
    """
    from tenants.provisioning.operations import operation_get, operation_take

    if operation.awaits_approval:
        show_operation(operation, form=form)
        return complain("다른 사람의 승인을 기다립니다.", code=Code.CONFLICT)
    as_owner(["operation", "run", str(operation.id)])
    ended = operation_get(operation.id)
    show_operation(ended, form=form)
    for name in take:
        operation_take(operation.id, name)
    return judged(ended)


def judged(operation: "OperationFacts") -> int:
    """The exit code of an operation as it stands, and its problem in words."""
    if operation.state == "done":
        return Code.OK
    again = f"sodam operation retry {operation.id} / sodam operation cancel {operation.id}"
    if operation.state == "cancelled":
        say("되돌렸습니다.")
        return Code.FAILURE
    return complain(f"{operation.problem or '끝나지 않았습니다.'}\n{again}", code=Code.FAILURE)


def show_operation(operation: "OperationFacts", *, form: str) -> None:
    """The operation and its steps with seconds."""
    facts = as_json(operation)
    if form == "json":
        show_json(facts)
        return
    show_rows(facts["steps"], columns=STEPS, form=form)
    for name, value in operation.result.items():
        print(f"{name}: {value}")


def as_json(operation: "OperationFacts") -> dict[str, Any]:
    """The shape of the contract."""
    return {
        "operation": str(operation.id),
        "kind": operation.kind.value,
        "code": operation.city_code,
        "state": operation.state.value,
        "seconds": operation.seconds,
        "steps": [
            {
                "name": step.name,
                "state": step.state.value,
                "seconds": step.seconds,
                "detail": step.detail,
            }
            for step in operation.steps
        ],
        "result": dict(operation.result),
        "problem": operation.problem,
    }


def run_or_follow(operation_id: UUID) -> "OperationFacts":
    """In the owner's process: do it; while somebody else does it, say what they do."""
    from tenants.errors import OperationHeld
    from tenants.provisioning.operations.reading import operation_get
    from tenants.provisioning.operations.running import operation_run

    told = _Teller()
    while not (operation := operation_get(operation_id)).is_ended:
        told.all_of({step.name: step.state for step in operation.steps})
        try:
            return operation_run(
                operation_id, start_serving=serving_child, now=utc_now, watch=told.one
            )
        except OperationHeld:
            time.sleep(LOOK_SECONDS)
    told.all_of({step.name: step.state for step in operation.steps})
    return operation


class _Teller:
    """Says each change of a step once."""

    def __init__(self) -> None:
        self._told: dict[str, str] = {}

    def one(self, name: str, state: "StepState") -> None:
        if self._told.get(name) != state and state != "waiting":
            self._told[name] = state
            say(f"  {_MARKS.get(state, '·')} {name}")

    def all_of(self, states: "Mapping[str, StepState]") -> None:
        for name, state in states.items():
            self.one(name, state)


_MARKS = {"done": "✓", "failed": "✗", "undone": "↩"}


def serving_child(operation_id: UUID) -> "ServingSide":
    """A process for steps that need no owner, with the rights of web and worker."""
    from tenants.provisioning.operations.serving_side import ServingChild

    return ServingChild(
        own_command("operation", "step", str(operation_id)), serving_environment({})
    )


def utc_now() -> datetime:
    return datetime.now(UTC)


def stdout_for_answers() -> TextIO:
    """Where answers for the owner's process go: what a step prints must not come between them."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers
