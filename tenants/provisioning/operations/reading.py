"""Operations as they stand, for faces, commands and the runner."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from tenants.errors import OperationUnknown
from tenants.models import Operation, OperationLine, OperationStep
from tenants.provisioning.operations.kinds import StepSpec, steps_of
from tenants.shared import shared_tables
from tenants.types import (
    LineFacts,
    OperationFacts,
    OperationKind,
    OperationState,
    StepFacts,
    StepState,
)

_JUDGED = {"kind", "state", "steps"}
_COPIED = [name for name in OperationFacts.__dataclass_fields__ if name not in _JUDGED]


def operation_get(operation_id: UUID) -> OperationFacts:
    """Raises OperationUnknown."""
    with shared_tables():
        found = Operation.objects.prefetch_related("steps").filter(pk=operation_id).first()
        if found is None:
            raise OperationUnknown("그런 작업이 없습니다.", id=str(operation_id))
        return facts_of(found)


def operation_list(
    city_code: str | None = None,
    kinds: Collection[OperationKind] | None = None,
    states: Collection[OperationState] | None = None,
    limit: int = 50,
) -> list[OperationFacts]:
    """The newest first. Two queries. `city_code` "": those of all cities together."""
    with shared_tables():
        found = Operation.objects.prefetch_related("steps").order_by("-asked_at", "-id")
        if city_code is not None:
            found = found.filter(city_code=city_code)
        if kinds is not None:
            found = found.filter(kind__in=[str(kind) for kind in kinds])
        if states is not None:
            found = found.filter(state__in=[str(state) for state in states])
        return [facts_of(one) for one in found[:limit]]


def operation_lines(
    operation_id: UUID, after: int | None = None, limit: int = 5000
) -> list[LineFacts]:
    """The log in order; `after` a line's id, only what came later."""
    with shared_tables():
        found = OperationLine.objects.filter(step__operation_id=operation_id, pk__gt=after or 0)
        lines = found.select_related("step").order_by("pk")[:limit]
        return [LineFacts(one.pk, one.step.name, one.at, one.level, one.words) for one in lines]


def facts_of(row: Operation) -> OperationFacts:
    """The row and its steps as others may hold them."""
    bare = OperationFacts(
        kind=OperationKind(row.kind),
        state=OperationState(row.state),
        **{name: getattr(row, name) for name in _COPIED},
    )
    specs = {spec.name: spec for spec in steps_of(bare)}
    steps = sorted(row.steps.all(), key=lambda step: step.position)
    return _with_steps(bare, [_step(step, specs.get(step.name)) for step in steps])


def _with_steps(bare: OperationFacts, steps: Sequence[StepFacts]) -> OperationFacts:
    values = {name: getattr(bare, name) for name in OperationFacts.__dataclass_fields__}
    return OperationFacts(**{**values, "steps": tuple(steps)})


def _step(row: OperationStep, spec: StepSpec | None) -> StepFacts:
    return StepFacts(
        position=row.position,
        name=row.name,
        label_ko=(spec.label_ko if spec else "") or row.name,
        label_en=(spec.label_en if spec else "") or row.name,
        state=StepState(row.state),
        started_at=row.started_at,
        ended_at=row.ended_at,
        seconds=_seconds(row.started_at, row.ended_at),
        attempts=row.attempts,
        done=row.done,
        total=row.total,
        detail=row.detail,
    )


def _seconds(started: datetime | None, ended: datetime | None) -> float | None:
    if started is None or ended is None:
        return None
    return round((ended - started).total_seconds(), 3)
