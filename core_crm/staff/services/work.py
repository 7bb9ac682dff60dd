"""What an official holds, asked of every room above that registered itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core_crm.staff.models import Official
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
def work_hand_over(official: Official, *, to: Official, now: datetime) -> list[HeldWork]:
    """Move everything to a colleague, all or nothing; what was moved, by kind."""
    if official.id == to.id:
        raise ValueError("A hand-over needs two people.")
    return [
        HeldWork(
            kind=holder.kind,
            label_ko=holder.label_ko,
            count=holder.hand_over(official.id, to.id, now=now),
        )
        for holder in _holders.values()
    ]
