"""Somebody leaves the office: what they hold goes to a colleague first, in one transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core_crm.staff.errors import HeirNeeded
from core_crm.staff.models import Official
from core_crm.staff.services.access import access_require
from core_crm.staff.services.officials import official_change
from core_crm.staff.services.work import work_hand_over, work_held_by
from core_crm.staff.types import HeldWork, Right


@transaction.atomic
def official_leave(
    official: Official, *, heir: Official | None, by: Official | None = None, now: datetime
) -> list[HeldWork]:
    """Hand all open work to the heir and close the account; what was moved, by kind.

    Without open work no heir is needed. Raises HeirNeeded, RightMissing, OfficialInactive,
    OwnAccessChange, LastAdministrator.
    """
    access_require(by, Right.STAFF_MANAGE)
    held = [work for work in work_held_by(official) if work.count]
    if held and heir is None:
        raise HeirNeeded(
            "열린 업무가 있습니다. 넘겨받을 사람을 골라 주세요.",
            **{work.kind: work.count for work in held},
        )
    moved = work_hand_over(official, to=heir, by=by, now=now) if heir and held else []
    official_change(official, is_active=False, by=by, now=now)
    Official.objects.filter(pk=official.pk).update(invited_at=None)
    return moved


def official_return(official: Official, *, by: Official | None = None, now: datetime) -> Official:
    """Open the account again; its work stays with whoever has it now."""
    return official_change(official, is_active=True, by=by, now=now)
