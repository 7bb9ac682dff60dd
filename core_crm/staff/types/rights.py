"""Roles and what each allows; what a program with a key may do."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


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
    CUSTOMER_VIEW = "customer_view"
    CUSTOMER_CHANGE = "customer_change"
    CUSTOMER_UNMASK = "customer_unmask"
    CUSTOMER_MERGE = "customer_merge"
    CUSTOMER_IMPORT = "customer_import"
    CUSTOMER_EXPORT = "customer_export"
    SEGMENT_VIEW = "segment_view"
    SEGMENT_CHANGE = "segment_change"
    PRIVACY_MANAGE = "privacy_manage"
    VOICE_PUBLISH = "voice_publish"
    SCORE_VIEW = "score_view"
    SCORE_VIEW_OFFICIALS = "score_view_officials"
    SETTINGS_VIEW = "settings_view"
    SETTINGS_CHANGE = "settings_change"
    SETTINGS_APPROVE = "settings_approve"
    STAFF_MANAGE = "staff_manage"
    API_KEY_MANAGE = "api_key_manage"
    AUDIT_VIEW = "audit_view"


class PersonState(StrEnum):
    """Where somebody's account stands: not come yet, in use, or stopped."""

    INVITED = "invited"
    ACTIVE = "active"
    STOPPED = "stopped"


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
            Right.CUSTOMER_VIEW,
            Right.CUSTOMER_IMPORT,
            Right.SEGMENT_VIEW,
        }
    ),
    Role.APPROVER: frozenset(
        {
            Right.VOICE_VIEW_ALL,
            Right.SCORE_VIEW,
            Right.SCORE_VIEW_OFFICIALS,
            Right.SETTINGS_VIEW,
            Right.SETTINGS_APPROVE,
            Right.SEGMENT_VIEW,
            Right.CUSTOMER_VIEW,
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
            Right.CUSTOMER_VIEW,
            Right.CUSTOMER_CHANGE,
            Right.SEGMENT_VIEW,
            Right.SEGMENT_CHANGE,
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
            Right.CUSTOMER_VIEW,
            Right.CUSTOMER_CHANGE,
            Right.SEGMENT_VIEW,
        }
    ),
    Role.AGENT: frozenset(
        {
            Right.VOICE_VIEW_ALL,
            Right.VOICE_REGISTER,
            Right.VOICE_ASSIGN,
            Right.CUSTOMER_UNMASK,
            Right.SETTINGS_VIEW,
            Right.CUSTOMER_VIEW,
            Right.CUSTOMER_CHANGE,
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
            Right.CUSTOMER_VIEW,
            Right.CUSTOMER_CHANGE,
            Right.CUSTOMER_UNMASK,
            Right.CUSTOMER_MERGE,
            Right.CUSTOMER_IMPORT,
            Right.CUSTOMER_EXPORT,
            Right.SEGMENT_VIEW,
            Right.SEGMENT_CHANGE,
        }
    ),
    Role.PRIVACY: frozenset(
        {
            Right.AUDIT_VIEW,
            Right.SETTINGS_VIEW,
            Right.CUSTOMER_VIEW,
            Right.CUSTOMER_UNMASK,
            Right.PRIVACY_MANAGE,
        }
    ),
}

VISITOR_RIGHTS = frozenset(
    {Right.VOICE_VIEW_ALL, Right.CUSTOMER_VIEW, Right.SCORE_VIEW, Right.SETTINGS_VIEW}
)
"""Of an operator of the platform who looks into a city: to see, never to open or to change."""


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
    CITIZENS_READ = "citizens:read"
    CITIZENS_WRITE = "citizens:write"
    CITIZENS_IMPORT = "citizens:import"
    ORGANISATIONS_READ = "organisations:read"
    ORGANISATIONS_WRITE = "organisations:write"
    SEGMENTS_READ = "segments:read"
