"""Many people join at once: as if invited one by one, in a few statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction

from core_crm.staff.models import Official
from core_crm.staff.services.access import access_require
from core_crm.staff.services.invitations import invitation_note
from core_crm.staff.services.limits import accounts_require
from core_crm.staff.services.officials import invited_note, roles_checked
from core_crm.staff.services.plans.people import PersonTarget
from core_crm.staff.types import Invitation, Right


@transaction.atomic
def officials_join(
    targets: Sequence[PersonTarget], *, by: Official | None, now: datetime
) -> list[Invitation]:
    """Accounts, seats and links, each with its lines of the history. Nobody of them has an account.

    Raises RightMissing, RoleUnknown, StaffAccountsUsedUp, ValidationError.
    """
    access_require(by, Right.STAFF_MANAGE)
    accounts_require(len(targets))
    officials = [_official(target, now=now) for target in targets]
    get_user_model().objects.bulk_create([one.user for one in officials])
    Official.objects.bulk_create(officials)
    for official in officials:
        invited_note(official, by=by, now=now)
    return [invitation_note(official, by=by, now=now) for official in officials]


def _official(target: PersonTarget, *, now: datetime) -> Official:
    model = get_user_model()
    user = model(email=target.email, name=target.name or "", password=make_password(None))
    user.clean_fields()
    official = Official(
        user=user,
        department=target.department,
        position=target.position or "",
        phone=target.phone or "",
        roles=roles_checked(target.roles or []),
        invited_at=now,
    )
    official.clean_fields(exclude=["user", "department"])
    return official
