"""Reads of the organisation and its people."""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet

from core_crm.staff.errors import DepartmentNotFound
from core_crm.staff.models import ApiKey, Department, Official, SavedView
from core_crm.staff.types import DepartmentNode
from tenants.isolation.kept import kept_a_moment
from tenants.rows import find

KEY_MARK = "sodam"
SEAT = "_read_with_seat"
USABLE_KEY = (
    "prefix = %s AND revoked_at IS NULL"
    " AND (expires_at IS NULL OR expires_at > coalesce(%s, now()))"
)


def account_with_seat(user_id: Any) -> AbstractBaseUser | None:
    """The account of an official, read together with the seat: `official_of` asks nothing more."""
    official = Official.objects.select_related("user", "department").filter(user_id=user_id).first()
    if official is None:
        return None
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


def department_list() -> QuerySet[Department]:
    """Every department in its order."""
    return Department.objects.select_related("parent").order_by("sort", "code")


def department_by_code(code: str) -> Department:
    """The department with this code. Raises DepartmentNotFound."""
    found = Department.objects.select_related("parent").filter(code=code).first()
    if found is None:
        raise DepartmentNotFound("이 코드의 부서가 없습니다.", code=code)
    return found


def department_tree() -> tuple[DepartmentNode, ...]:
    """The whole organisation as a tree, in one query."""
    below: dict[UUID | None, list[Department]] = defaultdict(list)
    for department in Department.objects.order_by("sort", "code"):
        below[department.parent_id].append(department)
    return _nodes(below, parent_id=None, depth=0)


def _nodes(
    below: dict[UUID | None, list[Department]], *, parent_id: UUID | None, depth: int
) -> tuple[DepartmentNode, ...]:
    return tuple(
        DepartmentNode(
            id=department.id,
            code=department.code,
            name_ko=department.name_ko,
            name_en=department.name_en,
            kind=department.kind,
            depth=depth,
            predecessor_label=department.predecessor_label,
            children=_nodes(below, parent_id=department.id, depth=depth + 1),
        )
        for department in below[parent_id]
    )


def departments_under(department: Department) -> list[UUID]:
    """Ids of the department itself and of all below it, each once even if the data goes round.

    A reorganisation of a moment ago is seen within two seconds.
    """
    return list(_under(department.id))


@kept_a_moment
def _under(root_id: UUID) -> tuple[UUID, ...]:
    below: dict[UUID | None, list[UUID]] = defaultdict(list)
    for own_id, parent_id in Department.objects.values_list("id", "parent_id"):
        below[parent_id].append(own_id)
    found = [root_id]
    for own_id in found:  # grows while it is walked: breadth first
        found.extend(child_id for child_id in below.pop(own_id, []) if child_id != root_id)
    return tuple(found)


def key_digest(raw_key: str) -> str:
    """SHA-256 suffices: the secret is 256 random bits, not a password somebody chose."""
    return hashlib.sha256(raw_key.encode()).hexdigest()


def api_key_find(raw_key: str, *, now: datetime | None = None) -> ApiKey | None:
    """The usable key of this city that a program sent, else None. Compared in constant time.

    Without `now`, expiry is judged by the database's clock.
    """
    mark, _, rest = raw_key.partition("_")
    prefix, _, secret = rest.partition("_")
    if mark != KEY_MARK or not secret or not prefix.isascii():
        return None
    found = next(iter(find(ApiKey, USABLE_KEY, [prefix, now])), None)
    if found is None or not hmac.compare_digest(found.key_hash, key_digest(raw_key)):
        return None
    return found


def api_key_list() -> QuerySet[ApiKey]:
    """Every key of the city, the newest first."""
    return ApiKey.objects.select_related("created_by__user").order_by("-created_at")


def saved_view_list(official: Official, screen: str) -> QuerySet[SavedView]:
    """Views of a screen: the official's own, then those colleagues share."""
    return (
        SavedView.objects.select_related("owner__user")
        .filter(Q(owner=official) | Q(is_shared=True), screen=screen)
        .order_by("is_shared", "name")
    )
