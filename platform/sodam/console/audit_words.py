"""What operators' acts are called, for their audit."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sodam.console.operation_words import kind_words

OPERATION = "operation."


def group_words() -> dict[str, str]:
    """How an act's name begins -> the kind of acts it belongs to."""
    return {
        "operation.": _("작업"),
        "city.": _("시·도"),
        "notice.": _("알림판"),
        "standard.": _("표준"),
        "audit.": _("감사"),
    }


def action_word(action: str) -> str:
    """`operation.open_asked` -> 개통 요청; the name itself when it has no word."""
    if action.startswith(OPERATION):
        kind, _line, verb = action.removeprefix(OPERATION).rpartition("_")
        if verb == "shown":
            return _("초대 주소 봄")
        return f"{kind_words().get(kind, kind)} {_verbs().get(verb, verb)}"
    return _acts().get(action, action)


def _verbs() -> dict[str, str]:
    return {
        "asked": _("요청"),
        "cancel": _("중지하고 되돌리기"),
        "retry": _("다시 하기"),
        "approve": _("승인"),
        "refuse": _("승인하지 않음"),
    }


def _acts() -> dict[str, str]:
    return {
        "city.suspended": _("멈춤"),
        "city.resumed": _("다시 공개"),
        "city.set_trial": _("시험 운영으로 바꿈"),
        "city.described": _("담당자와 한도 고침"),
        "city.visit_asked": _("들여다보기 요청"),
        "notice.published": _("알림 올림"),
        "notice.ended": _("알림 내림"),
        "standard.moved": _("새 표준으로 올림"),
        "audit.verified": _("감사 검증"),
        "audit.exported": _("감사 내보냄"),
    }
