"""Groups of the city's single sign-on (OIDC) give roles here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from core_crm.staff.errors import LastAdministrator
from core_crm.staff.models import ROLES, GroupRoles, Official
from core_crm.staff.selectors import official_by_email
from core_crm.staff.services.access import access_note, access_require
from core_crm.staff.services.officials import official_change, official_invite, roles_checked
from core_crm.staff.types import Right


@transaction.atomic
def group_roles_set(
    group: str, *, roles: Iterable[str], by: Official | None = None, now: datetime
) -> None:
    """Say what a group may do; without roles it is told nothing any more.

    It holds from each person's next sign-on. Raises RightMissing, RoleUnknown.
    """
    access_require(by, Right.STAFF_MANAGE)
    wanted = list(roles)
    known = GroupRoles.objects.filter(group=group).first()
    if not wanted:
        if known is None:
            return
        subject = known.id
        known.delete()
    else:
        known = known or GroupRoles(group=group)
        known.roles = roles_checked(wanted)
        known.full_clean()
        known.save()
        subject = known.id
    access_note(
        "group.roles",
        by=by,
        subject_kind="group",
        subject_id=subject,
        now=now,
        facts={"group": group, "roles": ",".join(sorted(wanted))},
    )


@transaction.atomic
def official_sign_on(
    *, email: str, name: str, groups: Iterable[str] | None, now: datetime
) -> Official | None:
    """Who comes in by single sign-on with this verified address; None for nobody of this city.

    `groups` is what the provider says of them, None when it says nothing. Roles that any group
    gives are given by groups alone: who has left a group loses its roles. Others stay as they were.
    Somebody unknown gets an account when one of their groups has roles here.
    """
    found = official_by_email(email)
    if found is not None and not found.is_active:
        return None
    known = dict(GroupRoles.objects.values_list("group", "roles"))
    if groups is None or not known:
        return found
    given = {role for group in groups for role in known.get(group, ())}
    if found is None:
        return _joined(email, name, given, now=now) if given else None
    governed = {role for roles in known.values() for role in roles}
    return _adjusted(found, (set(found.roles) - governed) | given, now=now)


def _joined(email: str, name: str, roles: set[str], *, now: datetime) -> Official:
    in_order = [role for role in ROLES if role in roles]
    return official_invite(
        email=email, name=name or email.partition("@")[0], department=None, roles=in_order, now=now
    )


def _adjusted(official: Official, roles: set[str], *, now: datetime) -> Official | None:
    if roles == set(official.roles):
        return official
    if not roles:
        return None
    in_order = [role for role in ROLES if role in roles]
    try:
        with transaction.atomic():
            return official_change(official, roles=in_order, now=now)
    except LastAdministrator:
        return official
