"""The eleven words a citizen reads for the state of a voice, each with its picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


@dataclass(frozen=True, slots=True)
class Sign:
    """A word, its picture and its tone."""

    word: Promise
    icon: str
    tone: str = ""


SIGNS = {
    "received": Sign(gettext_lazy("접수"), "inbox"),
    "sorting": Sign(gettext_lazy("분류중"), "clock"),
    "assigned": Sign(gettext_lazy("담당자 지정"), "user", "go"),
    "in_progress": Sign(gettext_lazy("처리중"), "clock", "go"),
    "waiting": Sign(gettext_lazy("보완요청"), "pause", "wait"),
    "answered": Sign(gettext_lazy("완료"), "check", "ok"),
    "unable": Sign(gettext_lazy("불가"), "ban", "no"),
    "withdrawn": Sign(gettext_lazy("취하"), "minus"),
    "transferred": Sign(gettext_lazy("이첩"), "arrow-out", "go"),
    "reopened": Sign(gettext_lazy("재접수"), "refresh", "wait"),
}
CLASSES = {
    "statutory": gettext_lazy("법정민원"),
    "inquiry_legal": gettext_lazy("법령을 설명하는 질의민원"),
    "inquiry": gettext_lazy("질의민원"),
    "suggestion": gettext_lazy("건의민원"),
    "other": gettext_lazy("기타민원"),
    "grievance": gettext_lazy("고충민원"),
}
CHANNELS = {
    "portal": gettext_lazy("누리집"),
    "counter": gettext_lazy("방문"),
    "phone": gettext_lazy("전화"),
    "email": gettext_lazy("이메일"),
    "letter": gettext_lazy("우편"),
    "sms": gettext_lazy("문자"),
}


def sign_of(voice: Any) -> Sign:
    """How the voice stands; a closed one shows how it ended."""
    word = voice.outcome if voice.closed_at and voice.outcome else voice.phase
    return SIGNS.get(word, SIGNS["answered"])
