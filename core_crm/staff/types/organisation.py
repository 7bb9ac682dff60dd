"""Departments as rows of a list and as a tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID


class DepartmentKind(StrEnum):
    """국 / 과 / 팀."""

    BUREAU = "bureau"
    DEPARTMENT = "department"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """One line of an organisation list. `parent_code` is empty at the top of the tree."""

    code: str
    name_ko: str
    kind: str = DepartmentKind.DEPARTMENT
    name_en: str = ""
    parent_code: str = ""
    phone: str = ""
    email: str = ""
    sort: int = 0
    predecessor_label: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What loading an organisation list did."""

    created: int
    updated: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class DepartmentNode:
    """A department with those under it, for showing the tree."""

    id: UUID
    code: str
    name_ko: str
    name_en: str
    kind: str
    depth: int
    predecessor_label: str = ""
    children: tuple[DepartmentNode, ...] = field(default=())
