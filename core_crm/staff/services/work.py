"""What an official holds, asked of every room above that registered itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core_crm.staff.errors import OfficialInactive
from core_crm.staff.models import Department, Official
from core_crm.staff.services.access import access_note
from core_crm.staff.types import HeldWork, WorkHolder

_holders: dict[str, WorkHolder] = {}


def register_work_holder(holder: WorkHolder) -> None:
    """Let a room above answer for the work of officials. Called from its `apps.ready`."""
    if holder.kind in _holders and type(_holders[holder.kind]) is not type(holder):
        raise ValueError(f"Two rooms answer for the work {holder.kind!r}.")
    _holders[holder.kind] = holder


def work_held_by(official: Official) -> list[HeldWork]:
    """All open work an official holds, one line per kind, empty kinds included."""
    return [
        HeldWork(kind=holder.kind, label_ko=holder.label_ko, count=holder.held_by(official.id))
        for holder in _holders.values()
    ]


@transaction.atomic
def work_hand_over(
    official: Official, *, to: Official, now: datetime, by: Official | None = None
) -> list[HeldWork]:
    """Move everything to a colleague, all or nothing; what was moved, by kind.

    `by` is who ordered it, None for the system. Raises OfficialInactive for an heir who has left.
    """
    if official.id == to.id:
        raise ValueError("A hand-over needs two people.")
    if not Official.objects.filter(pk=to.pk, user__is_active=True).exists():
        raise OfficialInactive("사용이 중지된 계정에는 업무를 넘길 수 없습니다.")
    moved = [_move(holder, official, to=to, by=by, now=now) for holder in _holders.values()]
    access_note(
        "official.hand_over",
        by=by,
        subject_kind="official",
        subject_id=official.id,
        now=now,
        facts={"to": str(to.id)} | {f"moved_{work.kind}": work.count for work in moved},
    )
    return moved


def _move(
    holder: WorkHolder, official: Official, *, to: Official, by: Official | None, now: datetime
) -> HeldWork:
    count = holder.hand_over(official.id, to.id, by_official_id=by.id if by else None, now=now)
    return HeldWork(kind=holder.kind, label_ko=holder.label_ko, count=count)


def work_held_in(department: Department) -> list[HeldWork]:
    """All open work of a department, one line per kind, empty kinds included."""
    return [
        HeldWork(kind=holder.kind, label_ko=holder.label_ko, count=holder.held_in(department.id))
        for holder in _holders.values()
    ]


def work_move_unit(
    department: Department, *, to: Department, by: Official | None, now: datetime
) -> int:
    """Move a department's open work to another, in the caller's transaction; how much."""
    by_id = by.id if by else None
    return sum(
        holder.move_unit(department.id, to.id, by_official_id=by_id, now=now)
        for holder in _holders.values()
    )
