"""Doing an operation: step by step, what is done already left out; or backwards, when cancelled."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tenants.errors import OperationNotPossible
from tenants.provisioning.operations.journal import Journal, journal_held
from tenants.provisioning.operations.kinds import (
    Found,
    Said,
    StepContext,
    StepSpec,
    StepWork,
    Told,
    kind_of,
    steps_of,
)
from tenants.provisioning.operations.reading import operation_get
from tenants.provisioning.operations.serving_side import ServingSide
from tenants.provisioning.operations.speaking import ServingGone
from tenants.provisioning.operations.words import words_of
from tenants.types import OperationFacts, OperationState, StepState

SERVING_TRIES = 3
LOG = logging.getLogger(__name__)
Watch = Callable[[str, StepState], None]
StartServing = Callable[[UUID], ServingSide]


@dataclass(slots=True)
class _Run:
    operation: OperationFacts
    specs: list[StepSpec]
    journal: Journal
    start_serving: StartServing
    now: Callable[[], datetime]
    watch: Watch
    results: dict[str, Any]
    states: dict[str, StepState] = field(default_factory=dict)
    serving: ServingSide | None = None


def operation_run(
    operation_id: UUID,
    *,
    start_serving: StartServing,
    now: Callable[[], datetime],
    watch: Watch = lambda _name, _state: None,
) -> OperationFacts:
    """Do what is left of it, in the owner's process; how it stands afterwards.

    A step that fails ends the run: the operation is FAILED and can be retried or taken back.
    Raises OperationHeld when somebody else does it, OperationUnknown, OperationNotPossible when it
    has ended or waits for a second person.
    """
    operation_get(operation_id)
    with journal_held(operation_id) as journal:
        if not journal.begin():
            raise OperationNotPossible("끝났거나 승인을 기다리는 작업입니다.", id=str(operation_id))
        operation = operation_get(operation_id)
        specs = steps_of(operation)
        run = _Run(operation, specs, journal, start_serving, now, watch, dict(operation.result))
        run.states = {step.name: step.state for step in operation.steps}
        try:
            _forward(run)
        finally:
            if run.serving:
                run.serving.end()
    return operation_get(operation_id)


def _forward(run: _Run) -> None:
    if _needs_serving(run) and not run.journal.cancel_is_asked():
        run.serving = run.start_serving(run.operation.id)
    for position, spec in enumerate(run.specs, start=1):
        if run.states.get(spec.name) == StepState.DONE:
            continue
        if run.journal.cancel_is_asked():
            _backward(run)
            return
        if not _stepped(run, spec, position):
            return
    unknown = "" if run.specs else "이 판은 그런 작업을 모릅니다."
    run.journal.end(OperationState.FAILED if unknown else OperationState.DONE, problem=unknown)


def _needs_serving(run: _Run) -> bool:
    done = {name for name, state in run.states.items() if state == StepState.DONE}
    return any(spec.side == "serving" and spec.name not in done for spec in run.specs)


def _stepped(run: _Run, spec: StepSpec, position: int) -> bool:
    """Was the step done?"""
    run.watch(spec.name, StepState.RUNNING)
    run.journal.step_begins(spec.name, position)
    try:
        _do(run, spec)
    except Exception as failure:  # whatever a step raises, its operation says so and stands
        stands = kind_of(run.operation.kind).stands_when_failed
        _failed(run, spec.name, failure, stands=stands)
        return False
    run.journal.step_ends(spec.name, StepState.DONE)
    run.states[spec.name] = StepState.DONE
    run.watch(spec.name, StepState.DONE)
    return True


def _do(run: _Run, spec: StepSpec) -> None:
    if spec.side == "owner":
        spec.run(_context(run, spec.name))
    else:
        _do_serving(run, spec.name)


def _do_serving(run: _Run, name: str) -> None:
    """In the serving process; when that dies, in a new one: a step may be begun again."""
    for tries_left in reversed(range(SERVING_TRIES)):
        serving = run.serving = run.serving or run.start_serving(run.operation.id)
        try:
            serving.run(name, _teller(run, name))
        except ServingGone as gone:
            serving.end()
            run.serving = None
            if not tries_left:
                raise
            run.journal.told(name, Said(str(gone), "warn"))
        else:
            return


def _failed(run: _Run, name: str, failure: Exception, *, stands: bool) -> None:
    LOG.exception("step_failed", extra={"step": name, "operation": str(run.operation.id)})
    words = words_of(failure)
    run.journal.step_ends(name, StepState.FAILED, words)
    run.journal.end(OperationState.FAILED, stands=stands, problem=words)
    run.watch(name, StepState.FAILED)


def _backward(run: _Run) -> None:
    """Take back what was done or begun, the last first; a failure stops it, to be tried again.

    What was done and has nothing to be taken back stays done: a city that was migrated.
    """
    for position, spec in reversed(list(enumerate(run.specs, start=1))):
        if not _was_begun(run, spec):
            continue
        if spec.undo is not None and not _undone(run, spec, spec.undo, position):
            return
        run.journal.step_is(spec.name, StepState.UNDONE)
        run.watch(spec.name, StepState.UNDONE)
    run.journal.end(OperationState.CANCELLED)


def _was_begun(run: _Run, spec: StepSpec) -> bool:
    """Done, or begun: what failed waits again, and may have left something."""
    state = run.states.get(spec.name, StepState.WAITING)
    if state == StepState.WAITING:
        return any(step.name == spec.name and step.attempts for step in run.operation.steps)
    is_kept = state == StepState.DONE and spec.undo is None
    return state != StepState.UNDONE and not is_kept


def _undone(run: _Run, spec: StepSpec, undo: StepWork, position: int) -> bool:
    run.journal.step_begins(spec.name, position)
    try:
        undo(_context(run, spec.name))
    except Exception as failure:  # as above
        _failed(run, spec.name, failure, stands=True)
        return False
    run.journal.step_ends(spec.name, StepState.UNDONE)
    return True


def _context(run: _Run, name: str) -> StepContext:
    return StepContext(
        operation_id=run.operation.id,
        kind=run.operation.kind,
        city_code=run.operation.city_code,
        arguments=dict(run.operation.arguments),
        results=run.results,
        now=run.now,
        tell=_teller(run, name),
    )


def _teller(run: _Run, name: str) -> Callable[[Told], None]:
    def tell(told: Told) -> None:
        if isinstance(told, Found):
            run.results.update(told.facts)
        run.journal.told(name, told)

    return tell
