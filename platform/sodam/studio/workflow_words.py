"""What the parts of a workflow are called on the studio's pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core_crm.staff.types import RIGHTS_BY_ROLE, ROLE_LABELS_KO, Right
from core_crm.workflows.types import Label

Choices = list[tuple[str, str]]


def word(label: Label | Mapping[str, Any]) -> str:
    """A name in the reader's language."""
    is_english = (get_language() or "ko").startswith("en")
    if isinstance(label, Mapping):
        return str(label.get("en" if is_english else "ko", ""))
    return label.en if is_english else label.ko


def category_words() -> dict[str, str]:
    return {
        "start": _("시작"),
        "active": _("진행"),
        "waiting": _("시계 멈춤"),
        "done": _("끝"),
        "cancelled": _("처리하지 않고 끝"),
    }


def standard_words() -> dict[str, str]:
    """The standard's states, which every city's are compared as."""
    return {
        "received": _("접수"),
        "sorting": _("분류"),
        "assigned": _("담당자 지정"),
        "in_progress": _("처리 중"),
        "waiting": _("보완 대기"),
        "answered": _("답변 완료"),
        "unable": _("처리 불가"),
        "withdrawn": _("취하"),
        "transferred": _("이송"),
        "closed": _("종결"),
        "reopened": _("다시 열림"),
    }


def right_words() -> dict[str, str]:
    """The rights a step may ask for."""
    return {
        Right.VOICE_HANDLE: _("민원 처리"),
        Right.VOICE_ASSIGN: _("담당 지정"),
        Right.VOICE_REGISTER: _("민원 접수"),
        Right.VOICE_PUBLISH: _("현황판 공개"),
    }


def party_words() -> dict[str, str]:
    """Who may take a step by what they are: the two parties, then officials' roles."""
    parties = {"citizen": _("시민"), "system": _("시스템")}
    return parties | {role.value: _(label) for role, label in ROLE_LABELS_KO.items()}


def unit_choices() -> Choices:
    return [("hours", _("시간")), ("days", _("일")), ("working_days", _("근무일"))]


def span_word(unit: str, amount: int) -> str:
    words = {
        "hours": _("%(n)d시간"),
        "days": _("%(n)d일"),
        "working_days": _("근무일 %(n)d일"),
    }
    return words[unit] % {"n": amount}


def field_words() -> dict[str, str]:
    """The voice's own fields that a state may ask for."""
    return {
        "category": _("분야"),
        "service": _("민원편람"),
        "department": _("부서"),
        "officer": _("담당자"),
        "location": _("장소"),
    }


def fact_words() -> dict[str, str]:
    """What a condition may ask of a voice."""
    return {
        "category": _("분야 코드"),
        "channel": _("접수 경로 (portal, counter, phone, email, letter, sms, api)"),
        "department": _("부서 코드"),
        "has_contact": _("연락처가 있는지"),
        "has_officer": _("담당자가 있는지"),
        "is_compound": _("복합민원인지"),
        "is_joint": _("여러 부서의 일인지"),
        "is_public": _("공개를 원했는지"),
        "language": _("언어 (ko, en)"),
        "petition_class": _(
            "민원 종류 (statutory, inquiry_legal, inquiry, suggestion, other, grievance)"
        ),
        "reopened_count": _("다시 연 횟수"),
        "service": _("민원편람 코드"),
    }


def who(step: Mapping[str, Any]) -> list[str]:
    """Who may take a step: officials' roles that hold one of its rights, then the parties."""
    rights = {Right(one) for one in step.get("rights", []) if one in list(Right)}
    named = set(step.get("roles", []))
    holders = [
        _(label)
        for role, label in ROLE_LABELS_KO.items()
        if RIGHTS_BY_ROLE[role] & rights or role.value in named
    ]
    others = {"citizen": _("시민"), "system": _("시스템")}
    return holders + [said for code, said in others.items() if code in named]
