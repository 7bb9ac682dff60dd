"""Asking for an operation, agreeing to it, taking it up again, taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from tenants.errors import OperationNotPossible, OperationUnderWay, OperationUnknown, SamePerson
from tenants.models import Operation, OperationStep
from tenants.provisioning.operations.kinds import steps_of
from tenants.provisioning.operations.reading import facts_of, operation_get
from tenants.shared import shared_tables
from tenants.types import Asker, OperationFacts, OperationKind, OperationState, StepState

UNDER_WAY = "이 시·도에 아직 끝나지 않은 다른 작업이 있습니다. 그 작업이 끝난 뒤에 다시 하십시오."


def operation_ask(
    kind: OperationKind,
    city_code: str,
    *,
    by: Asker,
    now: datetime,
    arguments: Mapping[str, Any] | None = None,
    reason: str = "",
    needs_approval: bool = False,
) -> OperationFacts:
    """Ask for it; the provisioner does it. One of this kind that stands is returned, not doubled.

    One that failed half done is taken up again with what was asked for at first. Raises
    OperationUnderWay when another kind stands in this city.
    """
    row = Operation(
        kind=kind.value,
        city_code=city_code,
        arguments=dict(arguments or {}),
        asked_by_id=by.id,
        asked_by_name=by.name,
        origin=by.origin,
        reason=reason,
        needs_approval=needs_approval,
        asked_at=now,
    )
    with shared_tables():
        standing = _standing(row) or _add(row) or _standing(row)
    return facts_of(row) if standing is None else _joined(standing, kind)


def _standing(wanted: Operation) -> Operation | None:
    return Operation.objects.filter(city_code=wanted.city_code, stands=True).first()


def _add(row: Operation) -> Operation | None:
    """None when it was added; else who was quicker stands there."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            names = [spec.name for spec in steps_of(facts_of(row))]
            OperationStep.objects.bulk_create(
                OperationStep(operation=row, position=place, name=name)
                for place, name in enumerate(names, start=1)
            )
    except IntegrityError:
        return _standing(row)
    return None


def _joined(standing: Operation, kind: OperationKind) -> OperationFacts:
    if standing.kind != kind:
        raise OperationUnderWay(UNDER_WAY, kind=standing.kind, id=str(standing.pk))
    if standing.state == OperationState.FAILED:
        return operation_retry(standing.pk)
    return operation_get(standing.pk)


def operation_retry(operation_id: UUID) -> OperationFacts:
    """What failed is tried again from the step at which it failed."""
    with shared_tables(), transaction.atomic():
        row = _locked(operation_id)
        if row.state != OperationState.FAILED:
            raise OperationNotPossible("실패한 작업만 다시 시도할 수 있습니다.", state=row.state)
        _put_back(row)
    return operation_get(operation_id)


def operation_cancel(operation_id: UUID) -> OperationFacts:
    """Stop after the step that runs, and take back what was done, the last first.

    What has not begun ends at once.
    """
    with shared_tables(), transaction.atomic():
        row = _locked(operation_id)
        if row.state in (OperationState.DONE, OperationState.CANCELLED):
            raise OperationNotPossible("이미 끝난 작업입니다.", state=row.state)
        row.cancel_asked = True
        if row.state == OperationState.WAITING and not row.started_at:
            row.state, row.stands = OperationState.CANCELLED.value, False
        row.save(update_fields=["cancel_asked", "state", "stands"])
        if row.state == OperationState.FAILED:
            _put_back(row)
    return operation_get(operation_id)


def operation_approve(operation_id: UUID, *, by: Asker, now: datetime) -> OperationFacts:
    """A second person agrees; only now may it begin. Raises SamePerson."""
    with shared_tables(), transaction.atomic():
        row = _locked(operation_id)
        if row.state != OperationState.WAITING or not row.needs_approval or row.approved_at:
            raise OperationNotPossible("승인을 기다리는 작업이 아닙니다.", state=row.state)
        if by.id is None or by.id == row.asked_by_id:
            raise SamePerson("요청한 사람은 승인할 수 없습니다. 다른 사람이 승인해야 합니다.")
        row.approved_by_id, row.approved_by_name, row.approved_at = by.id, by.name, now
        row.save(update_fields=["approved_by_id", "approved_by_name", "approved_at"])
    return operation_get(operation_id)


def _locked(operation_id: UUID) -> Operation:
    row = Operation.objects.select_for_update().filter(pk=operation_id).first()
    if row is None:
        raise OperationUnknown("그런 작업이 없습니다.", id=str(operation_id))
    return row


def _put_back(row: Operation) -> None:
    """Waiting again, its failed steps too. Raises OperationUnderWay."""
    row.state, row.stands, row.ended_at = OperationState.WAITING.value, True, None
    row.problem = ""
    try:
        with transaction.atomic():
            row.save(update_fields=["state", "stands", "ended_at", "problem"])
    except IntegrityError as refused:
        raise OperationUnderWay(UNDER_WAY) from refused
    OperationStep.objects.filter(operation=row, state=StepState.FAILED).update(
        state=StepState.WAITING.value, ended_at=None
    )


def operation_take(operation_id: UUID, name: str) -> Any:
    """A fact of the result that is shown once, and then no longer stands there; None: no such."""
    with shared_tables(), transaction.atomic():
        row = _locked(operation_id)
        found = row.result.pop(name, None)
        row.save(update_fields=["result"])
    return found
