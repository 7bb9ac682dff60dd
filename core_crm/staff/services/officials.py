"""People joining the city's staff, changing their place in it, and leaving."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction

from core_crm.audit.types import Fact
from core_crm.staff.errors import (
    LastAdministrator,
    OfficialAlreadyInvited,
    OwnAccessChange,
    RoleUnknown,
)
from core_crm.staff.models import ROLES, Department, Official
from core_crm.staff.services.access import access_note, access_require
from core_crm.staff.services.limits import accounts_require
from core_crm.staff.types import Right, rights_of


@transaction.atomic
def official_invite(
    *,
    email: str,
    name: str,
    department: Department | None,
    roles: Iterable[str],
    password: str | None = None,
    position: str = "",
    phone: str = "",
    language: str = "ko",
    by: Official | None = None,
    now: datetime,
) -> Official:
    """Give a person an account in this city, a seat and roles.

    Without a password the account cannot log in until its owner sets one by the reset link.
    `by` is None for the operator's command line. Raises RightMissing, RoleUnknown,
    OfficialAlreadyInvited, StaffAccountsUsedUp.
    """
    access_require(by, Right.STAFF_MANAGE)
    wanted = roles_checked(roles)
    accounts_require(1)
    users = get_user_model().objects
    if users.filter(email__iexact=email).exists():
        raise OfficialAlreadyInvited("이미 이 이메일로 등록된 직원이 있습니다.")
    user = users.create_user(email, password, name=name, language=language)
    official = Official(
        user=user,
        department=department,
        position=position,
        phone=phone,
        roles=wanted,
        language=language,
    )
    official.full_clean()
    official.save()
    invited_note(official, by=by, now=now)
    return official


def invited_note(official: Official, *, by: Official | None, now: datetime) -> None:
    """The line of the history that says what somebody may do from now on."""
    _note("official.invite", official, by=by, now=now, facts=_access_of(official))


@transaction.atomic
def official_change(
    official: Official,
    *,
    roles: Iterable[str] | None = None,
    department: Department | None = None,
    is_active: bool | None = None,
    name: str | None = None,
    position: str | None = None,
    phone: str | None = None,
    by: Official | None = None,
    now: datetime,
) -> Official:
    """Change what a person may do, where they sit, or whether they work here; None leaves it.

    A change of nothing leaves no trace. What they hold is moved by `work_hand_over`. Raises
    RightMissing, RoleUnknown, OwnAccessChange, LastAdministrator, StaffAccountsUsedUp.
    """
    access_require(by, Right.STAFF_MANAGE)
    locked = Official.objects.select_for_update(of=("self",))
    fresh = locked.select_related("user", "department").get(pk=official.pk)
    before = _access_of(fresh)
    fresh.roles = fresh.roles if roles is None else roles_checked(roles)
    fresh.department = department or fresh.department
    fresh.user.is_active = fresh.user.is_active if is_active is None else is_active
    fresh.user.name = fresh.user.name if name is None else name
    fresh.position = fresh.position if position is None else position
    fresh.phone = fresh.phone if phone is None else phone
    fresh.full_clean()
    fresh.user.full_clean(exclude=["password"])
    changed = {name: fact for name, fact in _access_of(fresh).items() if fact != before[name]}
    if changed.get("is_active"):
        accounts_require(1)
    _refuse_lock_out(fresh, changed, by=by)
    fresh.save(update_fields=["roles", "department", "position", "phone"])
    fresh.user.save(update_fields=["is_active", "name"])
    if changed:
        past = {f"{name}_before": before[name] for name in changed}
        _note("official.change", fresh, by=by, now=now, facts=changed | past)
    return fresh


def _refuse_lock_out(fresh: Official, changed: Mapping[str, Fact], *, by: Official | None) -> None:
    """Nobody gives themselves rights, and a city never loses its last administrator."""
    if by is not None and by.id == fresh.id and changed.keys() & {"roles", "is_active"}:
        raise OwnAccessChange("자기 역할과 계정은 다른 관리자가 바꿉니다.")
    if not changed.keys() & {"roles", "is_active"} or (fresh.is_active and _manages(fresh.roles)):
        return
    others = Official.objects.filter(user__is_active=True).exclude(pk=fresh.pk)
    was_manager = _manages(Official.objects.values_list("roles", flat=True).get(pk=fresh.pk))
    if was_manager and not any(_manages(roles) for roles in others.values_list("roles", flat=True)):
        raise LastAdministrator("마지막 관리자입니다. 다른 사람을 먼저 관리자로 정해 주세요.")


def _manages(roles: Iterable[str]) -> bool:
    return Right.STAFF_MANAGE in rights_of(roles)


def _access_of(official: Official) -> dict[str, Fact]:
    """What decides which data a person reaches."""
    return {
        "roles": ",".join(sorted(official.roles)),
        "department": official.department.code if official.department else "",
        "is_active": official.is_active,
    }


def _note(
    action: str,
    official: Official,
    *,
    by: Official | None,
    now: datetime,
    facts: dict[str, Fact],
) -> None:
    access_note(
        action, by=by, subject_kind="official", subject_id=official.id, now=now, facts=facts
    )


def official_set_preferences(
    official: Official, *, shortcuts_enabled: bool, language: str
) -> Official:
    """Keep what an official chose on their own page."""
    official.shortcuts_enabled = shortcuts_enabled
    official.language = language
    official.full_clean()
    official.save(update_fields=["shortcuts_enabled", "language"])
    return official


def roles_checked(roles: Iterable[str]) -> list[str]:
    """Each once, in the order given. Raises RoleUnknown for none, or one outside the list."""
    wanted = [str(role) for role in dict.fromkeys(roles)]
    unknown = [role for role in wanted if role not in ROLES]
    if unknown or not wanted:
        raise RoleUnknown(
            "역할을 하나 이상, 정해진 목록에서 골라 주세요.", unknown=unknown, known=ROLES
        )
    return wanted
