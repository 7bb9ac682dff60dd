"""What others may hold of the staff room: roles, rights, and rows for loading an organisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Role(StrEnum):
    """What a person is in their city; one official may be several."""

    ADMIN = "admin"
    APPROVER = "approver"
    HEAD = "head"
    OFFICER = "officer"
    AGENT = "agent"
    STEWARD = "steward"
    PRIVACY = "privacy"


class Right(StrEnum):
    """What a person may do. Faces and services ask for rights, never for roles."""

    VOICE_VIEW_DEPARTMENT = "voice_view_department"
    VOICE_VIEW_ALL = "voice_view_all"
    VOICE_REGISTER = "voice_register"
    VOICE_ASSIGN = "voice_assign"
    VOICE_HANDLE = "voice_handle"
    VOICE_IMPORT = "voice_import"
    CUSTOMER_UNMASK = "customer_unmask"
    VOICE_PUBLISH = "voice_publish"
    SCORE_VIEW = "score_view"
    SCORE_VIEW_OFFICIALS = "score_view_officials"
    SETTINGS_VIEW = "settings_view"
    SETTINGS_CHANGE = "settings_change"
    SETTINGS_APPROVE = "settings_approve"
    STAFF_MANAGE = "staff_manage"
    API_KEY_MANAGE = "api_key_manage"
    AUDIT_VIEW = "audit_view"


ROLE_LABELS_KO: dict[Role, str] = {
    Role.ADMIN: "관리자",
    Role.APPROVER: "승인자",
    Role.HEAD: "부서장",
    Role.OFFICER: "담당자",
    Role.AGENT: "상담원",
    Role.STEWARD: "기준정보 담당",
    Role.PRIVACY: "개인정보 보호담당",
}

RIGHTS_BY_ROLE: dict[Role, frozenset[Right]] = {
    Role.ADMIN: frozenset(
        {
            Right.VOICE_VIEW_ALL,
            Right.VOICE_REGISTER,
            Right.VOICE_ASSIGN,
            Right.VOICE_IMPORT,
            Right.SCORE_VIEW,
            Right.SCORE_VIEW_OFFICIALS,
            Right.SETTINGS_VIEW,
            Right.SETTINGS_CHANGE,
            Right.STAFF_MANAGE,
            Right.API_KEY_MANAGE,
        }
    ),
    Role.APPROVER: frozenset(
        {
            Right.VOICE_VIEW_ALL,
            Right.SCORE_VIEW,
            Right.SCORE_VIEW_OFFICIALS,
            Right.SETTINGS_VIEW,
            Right.SETTINGS_APPROVE,
        }
    ),
    Role.HEAD: frozenset(
        {
            Right.VOICE_VIEW_DEPARTMENT,
            Right.VOICE_REGISTER,
            Right.VOICE_ASSIGN,
            Right.VOICE_HANDLE,
            Right.VOICE_PUBLISH,
            Right.CUSTOMER_UNMASK,
            Right.SCORE_VIEW,
            Right.SCORE_VIEW_OFFICIALS,
            Right.SETTINGS_VIEW,
        }
    ),
    Role.OFFICER: frozenset(
        {
            Right.VOICE_VIEW_DEPARTMENT,
            Right.VOICE_REGISTER,
            Right.VOICE_ASSIGN,
            Right.VOICE_HANDLE,
            Right.CUSTOMER_UNMASK,
            Right.SCORE_VIEW,
            Right.SETTINGS_VIEW,
        }
    ),
    Role.AGENT: frozenset(
        {
            Right.VOICE_VIEW_ALL,
            Right.VOICE_REGISTER,
            Right.VOICE_ASSIGN,
            Right.CUSTOMER_UNMASK,
            Right.SETTINGS_VIEW,
        }
    ),
    Role.STEWARD: frozenset(
        {
            Right.VOICE_VIEW_ALL,
            Right.VOICE_IMPORT,
            Right.VOICE_PUBLISH,
            Right.SCORE_VIEW,
            Right.SCORE_VIEW_OFFICIALS,
            Right.SETTINGS_VIEW,
            Right.SETTINGS_CHANGE,
        }
    ),
    Role.PRIVACY: frozenset({Right.AUDIT_VIEW, Right.SETTINGS_VIEW}),
}


def rights_of(roles: Iterable[str]) -> frozenset[Right]:
    """All that these roles together allow. A role that does not exist raises ValueError."""
    rights: frozenset[Right] = frozenset()
    for role in roles:
        rights |= RIGHTS_BY_ROLE[Role(role)]
    return rights


class Scope(StrEnum):
    """What a program with an API key may do. The closed list; the API documents it."""

    VOICES_READ = "voices:read"
    VOICES_WRITE = "voices:write"
    VOICES_IMPORT = "voices:import"
    CATEGORIES_READ = "categories:read"
    SERVICES_READ = "services:read"
    ORGANISATION_READ = "organisation:read"
    SURVEYS_READ = "surveys:read"


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


class WorkHolder(Protocol):
    """A room above that can say what an official holds, and move it when they are transferred."""

    kind: str
    label_ko: str

    def held_by(self, official_id: UUID) -> int:
        """How many open pieces of work the official holds."""
        ...

    def hand_over(
        self,
        from_official_id: UUID,
        to_official_id: UUID,
        *,
        by_official_id: UUID | None,
        now: datetime,
    ) -> int:
        """Move all of it to a colleague, in the caller's transaction; how many were moved.

        `by_official_id` is who ordered it, None for the system.
        """
        ...


@dataclass(frozen=True, slots=True)
class HeldWork:
    """How much of one kind of work an official holds."""

    kind: str
    label_ko: str
    count: int
