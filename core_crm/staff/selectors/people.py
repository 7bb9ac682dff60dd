"""Officials: behind an account, by id, in lists."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet

from core_crm.staff.models import Department, GroupRoles, Official, SavedView
from core_crm.staff.types import PersonState
from tenants.rows import find_with

SEAT = "_read_with_seat"


def account_with_seat(user_id: Any) -> AbstractBaseUser | None:
    """The account of an official, read together with the seat: `official_of` asks nothing more."""
    found = find_with(Official, ("user", "department"), "own.user_id = %s", [user_id])
    if not found:
        return None
    official = found[0]
    vars(official.user)[SEAT] = official
    return official.user


def official_of(user: AbstractBaseUser | AnonymousUser | None) -> Official | None:
    """The official behind a logged-in account of this city; None for anybody else."""
    if user is None or not user.is_authenticated or not user.is_active:
        return None
    seated: Official | None = getattr(user, SEAT, None)  # a request's user is a lazy wrapper
    if seated is not None:
        return seated
    return (
        Official.objects.select_related("user", "department")
        .filter(user_id=user.pk, user__is_active=True)
        .first()
    )


def official_get(official_id: UUID) -> Official | None:
    return Official.objects.select_related("user", "department").filter(pk=official_id).first()


def official_list(*, department: Department | None = None) -> QuerySet[Official]:
    """Active officials, of one department when it is given, by name."""
    found = Official.objects.select_related("user", "department").filter(user__is_active=True)
    if department is not None:
        found = found.filter(department=department)
    return found.order_by("user__name", "id")


def official_search(
    *, text: str = "", role: str = "", department: str = "", state: str = ""
) -> QuerySet[Official]:
    """Everybody who has or had an account, by name; each filter that is given narrows.

    `text` is part of a name, address or position; `department` a code; `state` a PersonState.
    """
    found = Official.objects.select_related("user", "department")
    if text:
        found = found.filter(
            Q(user__name__icontains=text)
            | Q(user__email__icontains=text)
            | Q(position__icontains=text)
        )
    if role:
        found = found.filter(roles__contains=[role])
    if department:
        found = found.filter(department__code=department)
    if state:
        found = found.filter(_in_state(state))
    return found.order_by("user__name", "id")


def _in_state(state: str) -> Q:
    if state == PersonState.STOPPED:
        return Q(user__is_active=False)
    never = Q(user__last_login__isnull=True)
    came = never if state == PersonState.INVITED else ~never
    return Q(user__is_active=True) & came


def official_by_email(email: str) -> Official | None:
    """Whoever has this address, also when the account is stopped."""
    found = Official.objects.select_related("user", "department")
    return found.filter(user__email__iexact=email.strip()).first()


def group_roles() -> QuerySet[GroupRoles]:
    """What each group of the single sign-on may do, by name."""
    return GroupRoles.objects.order_by("group")


def saved_view_list(official: Official, screen: str) -> list[SavedView]:
    """Views of a screen: the official's own, then those colleagues share."""
    return find_with(
        SavedView,
        ("owner", "owner__user"),
        "own.screen = %s AND (own.owner_id = %s OR own.is_shared) ORDER BY own.is_shared, own.name",
        [screen, official.pk],
    )
