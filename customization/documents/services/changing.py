"""A change from the first draft to its application: written by one, decided by another if risky."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.staff.errors import RightMissing
from core_crm.staff.types import Right
from customization.documents.errors import ChangeConflict, ChangeNotAllowed, DocumentsNotValid
from customization.documents.models import Change, Manifest
from customization.documents.selectors import in_force
from customization.documents.services.grounds import change_plan, change_publish
from customization.documents.services.planning import is_risky
from customization.documents.services.publishing import numbers_lock, refuse_if_wrong
from customization.documents.types import CHANGE_LABELS_KO, ChangeStatus, InForce, Person
from customization.resolution.operations import Operation, check_apart, is_up_to_date
from customization.resolution.trees import dotted

EDITABLE = (ChangeStatus.DRAFT, ChangeStatus.SUBMITTED)
DECIDERS = {
    True: (Right.SETTINGS_APPROVE,),
    False: (Right.SETTINGS_APPROVE, Right.SETTINGS_CHANGE),
}
"""Who may decide a risky change, and a harmless one."""


@transaction.atomic
def change_draft(
    operations: Sequence[Operation],
    *,
    title: str,
    by: Person,
    now: datetime,
    reason: str = "",
    effective_from: datetime | None = None,
) -> Change:
    """Write a proposal down. It may still be wrong: that is told when it is submitted.

    Raises RightMissing, OverlayNotValid.
    """
    _needs(by, Right.SETTINGS_CHANGE)
    check_apart(list(operations))
    return Change.objects.create(
        title=title[:120],
        reason=reason[:500],
        operations=_as_json(operations),
        base_number=in_force().number,
        is_risky=is_risky(operations),
        effective_from=effective_from,
        created_by_id=by.pk,
        created_at=now,
    )


@transaction.atomic
def change_edit(change: Change, operations: Sequence[Operation], *, by: Person) -> Change:
    """Replace what it wants; a submitted one becomes a draft again.

    Only whoever wrote it: else an approver could write into a colleague's and decide it alone.
    Raises RightMissing, ChangeNotAllowed, OverlayNotValid.
    """
    _needs(by, Right.SETTINGS_CHANGE)
    fresh = _locked(change, *EDITABLE)
    if fresh.stands_on:
        raise ChangeNotAllowed("되돌리거나 표준을 받아들이는 변경안은 고칠 수 없습니다.")
    if fresh.created_by_id != by.pk:
        raise ChangeNotAllowed("다른 사람이 쓴 변경안은 고칠 수 없습니다. 변경안을 새로 써 주세요.")
    check_apart(list(operations))
    fresh.operations, fresh.is_risky = _as_json(operations), is_risky(operations)
    fresh.base_number, fresh.status = in_force().number, ChangeStatus.DRAFT.value
    fresh.save(update_fields=["operations", "is_risky", "base_number", "status"])
    return fresh


@transaction.atomic
def change_submit(change: Change, *, actor: Actor | None, now: datetime) -> Change:
    """Ask for a decision. Raises DocumentsNotValid, ChangeConflict, ChangeNotAllowed."""
    fresh = _locked(change, ChangeStatus.DRAFT)
    wanted = operations_of(fresh)
    _refuse_conflicts(wanted, in_force())
    refuse_if_wrong(change_plan(fresh).problems)
    return _moved(fresh, ChangeStatus.SUBMITTED, actor=actor, now=now)


@transaction.atomic
def change_decide(
    change: Change,
    *,
    approve: bool,
    by: Person,
    actor: Actor | None,
    now: datetime,
    note: str = "",
) -> Change:
    """Approve or reject. A risky change is decided by an approver who did not write it.

    Raises RightMissing, ChangeNotAllowed.
    """
    fresh = _locked(change, ChangeStatus.SUBMITTED)
    _needs(by, *DECIDERS[fresh.is_risky])
    if fresh.is_risky and by.pk == fresh.created_by_id:
        raise ChangeNotAllowed(
            "자기가 쓴 변경안은 스스로 승인하거나 반려할 수 없습니다. 다른 사람에게 부탁하세요."
        )
    fresh.decided_by_id, fresh.decided_at, fresh.decision_note = by.pk, now, note[:500]
    fresh.save(update_fields=["decided_by", "decided_at", "decision_note"])
    status = ChangeStatus.APPROVED if approve else ChangeStatus.REJECTED
    return _moved(fresh, status, actor=actor, now=now)


@transaction.atomic
def change_withdraw(change: Change, *, actor: Actor | None, now: datetime) -> Change:
    """Take a proposal back before it is decided. Raises ChangeNotAllowed."""
    return _moved(_locked(change, *EDITABLE), ChangeStatus.WITHDRAWN, actor=actor, now=now)


@transaction.atomic
def change_apply(change: Change, *, actor: Actor | None, now: datetime) -> Manifest:
    """Bring an approved change into force.

    Raises ChangeConflict when its places have moved since, DocumentsNotValid, ChangeNotAllowed.
    """
    numbers_lock()
    fresh, current = _locked(change, ChangeStatus.APPROVED), in_force()
    wanted = operations_of(fresh)
    _refuse_conflicts(wanted, current)
    manifest = change_publish(fresh, wanted, current, actor=actor, now=now)
    _moved(fresh, ChangeStatus.APPLIED, actor=actor, now=now)
    return manifest


@transaction.atomic
def change_schedule(
    change: Change, *, at: datetime | None, actor: Actor | None, now: datetime
) -> Change:
    """Have an approved change applied by itself at an instant to come. Raises ChangeNotAllowed."""
    fresh = _locked(change, ChangeStatus.APPROVED)
    if at is None or at <= now:
        raise ChangeNotAllowed("앞으로 올 날짜와 시각을 골라 주세요.")
    fresh.effective_from = at
    fresh.save(update_fields=["effective_from"])
    audit_append(
        "config.change_scheduled",
        actor=actor,
        subject_kind="change",
        subject_id=fresh.id,
        now=now,
        facts={"at": at.isoformat()},
    )
    return fresh


def changes_apply_due(*, now: datetime) -> list[Manifest]:
    """Bring into force what was approved for an instant that has come, the earliest first.

    One that no longer fits stays approved, is named in the audit and holds up nobody else.
    """
    due = Change.objects.filter(status=ChangeStatus.APPROVED, effective_from__lte=now)
    return [
        manifest
        for change in due.order_by("effective_from", "id")
        if (manifest := _tried(change, now=now)) is not None
    ]


def _tried(change: Change, *, now: datetime) -> Manifest | None:
    try:
        return change_apply(change, actor=None, now=now)
    except ChangeNotAllowed:  # somebody applied it meanwhile
        return None
    except (ChangeConflict, DocumentsNotValid) as refused:
        audit_append(
            "config.change_not_applied",
            actor=None,
            subject_kind="change",
            subject_id=change.id,
            now=now,
            reason=refused.message[:300],
        )
        Change.objects.filter(pk=change.pk).update(effective_from=None)
        return None


def _needs(person: Person, *rights: Right) -> None:
    """One of these rights is enough."""
    if not any(person.has(right) for right in rights):
        raise RightMissing("기준 문서를 바꿀 권한이 없습니다.", right=rights[0].value)


def operations_of(change: Change) -> list[Operation]:
    """What a change wants."""
    return [Operation.model_validate(one) for one in change.operations]


def _as_json(operations: Sequence[Operation]) -> list[dict[str, Any]]:
    return [one.model_dump(mode="json") for one in operations]


def _refuse_conflicts(wanted: Sequence[Operation], current: InForce) -> None:
    moved = [one for one in wanted if not is_up_to_date(current.tree, one)]
    if moved:
        paths = [dotted(one.path) for one in moved]
        raise ChangeConflict(
            f"그사이 같은 곳이 바뀌었습니다: {', '.join(paths[:3])}. "
            "지금 값을 보고 변경안을 다시 써 주세요.",
            paths=paths,
        )


def _locked(change: Change, *states: ChangeStatus) -> Change:
    fresh: Change = Change.objects.select_for_update().get(pk=change.pk)
    if fresh.status not in states:
        raise ChangeNotAllowed(
            f"이 변경안은 지금 ‘{CHANGE_LABELS_KO[ChangeStatus(fresh.status)]}’이어서 "
            "그렇게 할 수 없습니다.",
            status=fresh.status,
        )
    return fresh


def _moved(change: Change, status: ChangeStatus, *, actor: Actor | None, now: datetime) -> Change:
    change.status = status.value
    change.save(update_fields=["status"])
    audit_append(
        f"config.change_{status.value}",
        actor=actor,
        subject_kind="change",
        subject_id=change.id,
        now=now,
        reason=change.decision_note[:300],
    )
    return change
