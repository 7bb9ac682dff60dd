"""Departments: in lists, by code, as a tree."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.db.models.functions import Now, TruncDate

from core_crm.staff.errors import DepartmentNotFound
from core_crm.staff.models import Department, OfficePlan
from core_crm.staff.types import DepartmentNode
from tenants.isolation.kept import kept_a_moment

SEOUL = ZoneInfo("Asia/Seoul")


def ended() -> Q:
    """Departments whose last day was yesterday or before, by the database's clock, Seoul's day."""
    return Q(valid_to__lte=TruncDate(Now(), tzinfo=SEOUL))


def department_list() -> QuerySet[Department]:
    """Every department in its order, those that have ended included: for names of the past."""
    return Department.objects.select_related("parent").order_by("sort", "code")


def department_list_current() -> QuerySet[Department]:
    """The departments of today in their order: whom work may be given to."""
    return department_list().exclude(ended())


def plan_list(kind: str, *, limit: int = 10) -> list[OfficePlan]:
    """The newest lists of a kind, those that wait for their day among them."""
    found = OfficePlan.objects.filter(kind=kind).select_related("created_by__user")
    return list(found.order_by("-created_at", "-id")[:limit])


def department_by_code(code: str) -> Department:
    """The department with this code. Raises DepartmentNotFound."""
    found = Department.objects.select_related("parent").filter(code=code).first()
    if found is None:
        raise DepartmentNotFound("이 코드의 부서가 없습니다.", code=code)
    return found


def department_tree() -> tuple[DepartmentNode, ...]:
    """The organisation of today as a tree, in one query."""
    below: dict[UUID | None, list[Department]] = defaultdict(list)
    for department in Department.objects.exclude(ended()).order_by("sort", "code"):
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
