"""The writing box of a case: to the citizen, for more papers, or among officials."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core_crm.staff.types import Right
from core_crm.voices.selectors import draft_of
from sodam.staff import preview
from sodam.staff.access import Seat
from sodam.staff.case_acts import Offers
from sodam.staff.composer import saved_text
from sodam.staff.labels import REPLY_CHANNELS
from sodam.staff.list_query import ListQuery


@dataclass(frozen=True, slots=True)
class Tab:
    """One thing that can be written, and where it goes."""

    kind: str
    word: str
    icon: str
    url: str
    draft_url: str
    draft: str
    saved: str
    is_current: bool
    label: str
    placeholder: str
    button: str
    hint: str = ""
    footnote: str = ""
    counts: bool = False
    around_bytes: int = 0


def composer(
    voice: Any, official: Seat, *, acts: Offers, query: ListQuery, wanted: str
) -> dict[str, Any]:
    """The tabs this official may use now; without any, why not."""
    kinds = _kinds(official, acts)
    current = wanted if wanted in kinds else next(iter(kinds), "")
    tabs = [_tab(kind, voice, official, query=query, is_current=kind == current) for kind in kinds]
    roads = preview.roads(voice)
    return {
        "compose": tabs,
        "compose_why_not": _("끝난 의견입니다. 더 쓰려면 먼저 다시 열어 주세요.")
        if voice.closed_at
        else _("이 역할로는 볼 수만 있습니다."),
        "reply_channels": {road: REPLY_CHANNELS[road] for road in roads},
        "reply_channel": preview.road_of(voice),
    }


def _kinds(official: Seat, acts: Offers) -> list[str]:
    may_note = official.has(Right.VOICE_HANDLE) or official.has(Right.VOICE_REGISTER)
    kinds = {
        "answer": "answer" in acts.allowed,
        "supplement_request": "request_supplement" in acts.allowed,
        "note": may_note,
    }
    return [kind for kind, may in kinds.items() if may]


def _tab(kind: str, voice: Any, official: Seat, *, query: ListQuery, is_current: bool) -> Tab:
    kept = draft_of(voice, official, kind=kind)
    address = {
        "answer": "staff_voice_answer_check",
        "supplement_request": "staff_voice_supplement_check",
        "note": "staff_voice_note",
    }[kind]
    return Tab(
        kind=kind,
        url=f"{reverse(address, args=[voice.ref])}?{query.encoded()}",
        draft_url=reverse("staff_voice_draft", args=[voice.ref, kind]),
        draft=kept.body if kept else "",
        saved=saved_text(kept.updated_at) if kept else "",
        is_current=is_current,
        **_texts(kind, voice, official),
    )


def _texts(kind: str, voice: Any, official: Seat) -> dict[str, Any]:
    if kind == "answer":
        return {
            "word": _("시민 답변"),
            "icon": "chat",
            "label": _("시민에게 보낼 답변"),
            "placeholder": _("무엇을 했고, 언제까지 어떻게 되는지 써 주세요."),
            "button": _("미리보고 보내기"),
            "footnote": _("인사말과 담당자 연락처는 자동으로 붙습니다."),
            "counts": True,
            "around_bytes": preview.around_bytes(voice, official=official),
        }
    if kind == "note":
        return {
            "word": _("내부 메모"),
            "icon": "lock",
            "label": _("직원끼리 보는 메모"),
            "placeholder": _("동료에게 남길 말을 써 주세요."),
            "button": _("메모 남기기"),
            "hint": _("내부 메모는 시민에게 가지 않습니다."),
        }
    return {
        "word": _("보완 요청"),
        "icon": "pause",
        "label": _("시민에게 보낼 보완 요청"),
        "placeholder": _("무엇이 더 필요한지, 어떻게 내면 되는지 써 주세요."),
        "button": _("미리보고 요청"),
        "hint": _("보완을 받을 때까지 처리기한이 멈춥니다."),
        "footnote": _("보완 기한과 내는 방법은 자동으로 붙습니다."),
    }
