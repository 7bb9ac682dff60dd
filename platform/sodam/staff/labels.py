"""Words and signs for codes, one list everywhere: a state is word, icon and tone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Sign:
    """A word with its icon and tone (`go` going on, `ok` done, `wait` waiting, `no` cannot)."""

    word: str | Promise
    icon: str
    tone: str = ""


STATES: dict[str, Sign] = {
    "received": Sign(_("접수"), "inbox"),
    "sorting": Sign(_("분류중"), "clock"),
    "assigned": Sign(_("담당자 지정"), "user", "go"),
    "in_progress": Sign(_("처리중"), "clock", "go"),
    "waiting": Sign(_("보완요청"), "pause", "wait"),
    "answered": Sign(_("완료"), "check", "ok"),
    "closed": Sign(_("완료"), "check", "ok"),
    "unable": Sign(_("불가"), "ban", "no"),
    "withdrawn": Sign(_("취하"), "minus"),
    "transferred": Sign(_("이첩"), "arrow-out", "go"),
    "reopened": Sign(_("재접수"), "refresh", "wait"),
}
OUTCOMES = {"unable": "unable", "withdrawn": "withdrawn", "transferred": "transferred"}

CHANNELS: dict[str, str | Promise] = {
    "portal": _("누리집"),
    "counter": _("방문"),
    "phone": _("전화"),
    "email": _("이메일"),
    "letter": _("우편"),
    "sms": _("문자"),
    "api": _("연계"),
    "import": _("일괄 등록"),
}
REPLY_CHANNELS: dict[str, str | Promise] = {"sms": _("문자"), "email": _("이메일")}
CLASSES: dict[str, str | Promise] = {
    "statutory": _("법정민원"),
    "inquiry_legal": _("질의민원(법령 해석)"),
    "inquiry": _("질의민원"),
    "suggestion": _("건의민원"),
    "other": _("기타민원"),
    "grievance": _("고충민원"),
}
UNITS: dict[str, str | Promise] = {
    "immediately": _("즉시(근무 3시간)"),
    "hours": _("시간"),
    "days": _("일"),
    "weeks": _("주"),
    "months": _("개월"),
    "years": _("년"),
}
VIEWS: dict[str, Sign] = {
    "mine": Sign(_("내 의견"), "user"),
    "due_today": Sign(_("오늘 마감"), "clock"),
    "overdue": Sign(_("기한 넘김"), "alert"),
    "waiting": Sign(_("보완 대기"), "pause"),
    "department": Sign(_("부서 전체"), "users"),
    "unassigned": Sign(_("담당자 없음"), "inbox"),
    "reopened": Sign(_("재접수"), "refresh"),
    "all": Sign(_("모든 의견"), "list"),
}
SORTS: dict[str, str | Promise] = {
    "due": _("남은 시간 짧은 순"),
    "received": _("새로 들어온 순"),
    "updated": _("최근에 바뀐 순"),
}
DELIVERIES: dict[str, Sign] = {
    "queued": Sign(_("보낼 차례를 기다림"), "clock"),
    "sending": Sign(_("보내는 중"), "send"),
    "accepted": Sign(_("보냄"), "check"),
    "delivered": Sign(_("받음 확인"), "check"),
    "failed": Sign(_("보내지 못함"), "alert"),
    "held": Sign(_("시험이라 보내지 않음"), "lock"),
}


def state_sign(phase: str, *, outcome: str = "", word: str = "") -> Sign:
    """The sign of a phase; a closed voice shows how it ended, a city's own state its own word.

    `word`: what the city calls a state of its own; empty for a state of the standard.
    """
    standard = STATES.get(OUTCOMES.get(outcome, phase) if phase == "closed" else phase)
    if standard is None:
        return Sign(word or phase, "clock")
    return replace(standard, word=word) if word else standard


def own_word(status: str, phase: str, label: str) -> str:
    """What a state that is not the standard's is called; "" for one that is."""
    return "" if status == phase else label
