"""Loading the organisation: bureaus, departments and teams as one tree."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from core_crm.staff.errors import OrganisationNotATree
from core_crm.staff.models import Department
from core_crm.staff.types import DepartmentRow, LoadResult
from tenants.context import CityRef

PLAIN_FIELDS = (
    "name_ko",
    "name_en",
    "kind",
    "phone",
    "email",
    "sort",
    "predecessor_label",
    "valid_from",
    "valid_to",
)


@transaction.atomic
def department_load(rows: Iterable[DepartmentRow]) -> LoadResult:
    """Create or update departments by code, and hang each under its parent.

    Loading the same list twice changes nothing. Departments that are not in the list stay as they
    are. Raises OrganisationNotATree when a parent is unknown, or when the list, by itself or with
    what is there, goes round in a circle.
    """
    known = {department.code: department for department in Department.objects.all()}
    listed = _parents_first(list(rows), already_known=set(known))
    new: list[Department] = []
    changed: list[Department] = []
    for row in listed:
        is_new = row.code not in known
        department = known.setdefault(row.code, Department(code=row.code))
        if _apply(row, department, parent=known.get(row.parent_code)) or is_new:
            department.clean_fields(exclude=["parent"])
            (new if is_new else changed).append(department)
    _refuse_circles(known.values())
    Department.objects.bulk_create(new)
    Department.objects.bulk_update(changed, [*PLAIN_FIELDS, "parent"])
    return LoadResult(len(new), len(changed), len(listed) - len(new) - len(changed))


def _apply(row: DepartmentRow, department: Department, *, parent: Department | None) -> bool:
    """Write a row into a department; whether anything became different."""
    values = {name: getattr(row, name) for name in PLAIN_FIELDS}
    values["parent_id"] = parent.id if parent else None
    different = {name: v for name, v in values.items() if getattr(department, name) != v}
    for name, value in different.items():
        setattr(department, name, value)
    return bool(different)


def _parents_first(rows: list[DepartmentRow], *, already_known: set[str]) -> list[DepartmentRow]:
    """The rows in an order in which every parent comes before its children."""
    listed = {row.code: row for row in rows}
    if len(listed) != len(rows):
        raise OrganisationNotATree("부서 코드가 목록에 두 번 나옵니다.")
    placed: dict[str, DepartmentRow] = {}
    waiting = rows
    while waiting:
        ready = [row for row in waiting if _can_be_placed(row, placed, listed, already_known)]
        if not ready:
            stuck = sorted(row.code for row in waiting)
            raise OrganisationNotATree(
                "상위 부서를 찾을 수 없거나 서로 물려 있는 부서가 있습니다.", codes=stuck[:20]
            )
        placed |= {row.code: row for row in ready}
        waiting = [row for row in waiting if row.code not in placed]
    return list(placed.values())


def _refuse_circles(departments: Iterable[Department]) -> None:
    """A list that is a tree by itself may still close a circle with departments it leaves out."""
    waiting = {department.id: department for department in departments}
    placed: set[UUID | None] = {None}
    while ready := [one for one in waiting.values() if one.parent_id in placed]:
        placed.update(one.id for one in ready)
        waiting = {own_id: one for own_id, one in waiting.items() if own_id not in placed}
    if waiting:
        stuck = sorted(one.code for one in waiting.values())
        raise OrganisationNotATree("서로 물려 있는 부서가 있습니다.", codes=stuck[:20])


def _can_be_placed(
    row: DepartmentRow,
    placed: dict[str, DepartmentRow],
    listed: dict[str, DepartmentRow],
    already_known: set[str],
) -> bool:
    parent = row.parent_code
    is_outside = parent not in listed and parent in already_known
    return not parent or parent in placed or is_outside


def organisation_load_standard(city: CityRef) -> None:
    """Provisioning step: load the government's real bureaus and departments from the fixtures.

    Only into a city without any: from then on its organisation is its own, and a later start of the
    product brings back nothing that was renamed, moved or ended.
    """
    path = Path(settings.FIXTURES_DIR) / "organisation" / f"{city.region_code}.csv"
    if path.is_file() and not Department.objects.exists():
        department_load(organisation_rows(path))


def organisation_rows(path: Path) -> list[DepartmentRow]:
    """The rows of an organisation file of the fixtures (UTF-8, a header, one unit a line)."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [_row(line) for line in csv.DictReader(file)]


def _row(line: dict[str, str]) -> DepartmentRow:
    def day(name: str) -> date | None:
        text = line.get(name) or ""
        return date.fromisoformat(text) if text else None

    return DepartmentRow(
        code=line["code"],
        name_ko=line["name_ko"],
        name_en=line.get("name_en") or "",
        kind=line["kind"],
        parent_code=line.get("parent_code") or "",
        phone=line.get("phone") or "",
        email=line.get("email") or "",
        sort=int(line.get("sort") or 0),
        predecessor_label=line.get("predecessor_label") or "",
        valid_from=day("valid_from"),
        valid_to=day("valid_to"),
    )
