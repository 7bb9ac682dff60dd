"""A case's facts as sentences and lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core_crm.customers.types import CitizenCounts
from core_crm.voices.selectors import (
    adjustments_of,
    state_aim,
    status_label,
    step_words,
    transitions_of,
)
from sodam.staff.labels import CHANNELS, CLASSES, STATES, UNITS, own_word
from sodam.ui import words

COUNTED = {
    "voice_registered": gettext_lazy("의견"),
    "call": gettext_lazy("통화"),
    "message": gettext_lazy("문자"),
    "survey": gettext_lazy("설문"),
}
WAITS = {"supplement", "inspection"}
MEETINGS = {
    "voice_registered": gettext_lazy("접수"),
    "voice_answered": gettext_lazy("답변"),
    "voice_unable": gettext_lazy("불가로 종결"),
    "voice_withdrawn": gettext_lazy("취하"),
    "voice_transferred": gettext_lazy("이첩"),
    "voice_reopened": gettext_lazy("다시 엶"),
}
ACTION_WORDS = {
    "register": gettext_lazy("접수"),
    "sort": gettext_lazy("분류"),
    "assign": gettext_lazy("담당자 지정"),
    "start": gettext_lazy("처리 시작"),
    "request_supplement": gettext_lazy("보완 요청"),
    "receive_supplement": gettext_lazy("보완 받음"),
    "extend": gettext_lazy("처리기간 연장"),
    "inspect": gettext_lazy("현장 조사"),
    "reclassify": gettext_lazy("분류 바꿈"),
    "fill_in": gettext_lazy("덧붙인 항목 고침"),
    "answer": gettext_lazy("답변"),
    "close": gettext_lazy("종결"),
    "close_unable": gettext_lazy("불가로 종결"),
    "withdraw": gettext_lazy("취하"),
    "transfer": gettext_lazy("이첩"),
    "reopen": gettext_lazy("다시 엶"),
    "migrate": gettext_lazy("새 업무 흐름으로 옮김"),
}


def due_text(voice: Any) -> str:
    """`11. 24.(화) 18:00까지 · 고충민원 7일`."""
    due = words.short_date_time(timezone.localtime(voice.due_at))
    return _("%(due)s까지 · 처리기간 %(period)s") % {"due": due, "period": period(voice)}


def target_text(voice: Any) -> str:
    """`목표 11. 20.(금) 18:00`: the city's own promise, while the voice is open."""
    if voice.target_at is None or not voice.is_open:
        return ""
    return _("목표 %(at)s") % {"at": words.short_date_time(timezone.localtime(voice.target_at))}


def period(item: Any) -> str:
    """A processing period in words."""
    if item.period_unit == "immediately":
        return str(UNITS["immediately"])
    return f"{item.period_amount}{UNITS[item.period_unit]}"


def owner(voice: Any) -> str:
    """Department and person, or that there is none yet."""
    department = voice.department.name_ko if voice.department else _("부서 없음")
    return f"{department} {voice.officer.name if voice.officer else _('담당 없음')}"


def facts(voice: Any) -> list[dict[str, Any]]:
    """What was handed in, and how."""
    known = {
        _("접수"): words.date_time(timezone.localtime(voice.received_at)),
        _("경로"): CHANNELS.get(voice.channel, voice.channel),
        _("분류"): voice.category.label_ko if voice.category else "",
        _("민원 사무"): voice.service.title_ko if voice.service else "",
        _("근거"): voice.service.legal_basis if voice.service else "",
        _("종류"): _kind(voice),
        _("장소"): voice.location,
        _("공개"): _("누리집에 공개") if voice.is_public else _("비공개"),
    }
    return [{"word": word, "value": value} for word, value in known.items() if value]


def aim(voice: Any, *, now: datetime) -> list[dict[str, Any]]:
    """By when the city wants the voice to leave its state; nothing when it has no such aim."""
    found = state_aim(voice, now=now)
    if found is None:
        return []
    at = words.short_date_time(timezone.localtime(found.ends_at))
    state = _("지남") if found.is_over else _("곧 지남") if found.is_soon else ""
    value = _("%(at)s까지") % {"at": at}
    return [{"word": _("상태 목표"), "value": f"{value} · {state}" if state else value}]


def _kind(voice: Any) -> str:
    kind = str(CLASSES.get(voice.petition_class, voice.petition_class))
    return _("%(kind)s · 복합") % {"kind": kind} if voice.is_compound else kind


def counts(known: CitizenCounts) -> list[dict[str, Any]]:
    """How often we met, by kind."""
    return [
        {"word": word, "n": known.by_kind[kind]}
        for kind, word in COUNTED.items()
        if known.by_kind.get(kind)
    ]


def timeline(entries: Iterable[Any]) -> list[dict[str, Any]]:
    """The citizen's last meetings with the city."""
    return [
        {
            "when": words.short_date(timezone.localtime(one.at)),
            "kind": MEETINGS.get(one.kind, ""),
            "text": one.summary,
        }
        for one in entries
    ]


def steps(counted: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """The lawful count, line by line, each with its article."""
    return [
        {
            "when": _span(one["from"], one["to"], one["unit"]),
            "counted": _amount(one["counted"], one["unit"]),
            "article": one["article"],
        }
        for one in counted
    ]


def _span(start: str, end: str, unit: str) -> str:
    begin, finish = (timezone.localtime(datetime.fromisoformat(at)) for at in (start, end))
    if unit == "hours":
        if begin.date() == finish.date():
            return f"{words.short_date_time(begin)}–{finish:%H:%M}"
        return f"{words.short_date_time(begin)} – {words.short_date_time(finish)}"
    last = finish - timedelta(microseconds=1)  # midnight belongs to the day before
    if begin.date() == last.date():
        return words.short_date(begin)
    return f"{begin.month}.\u00a0{begin.day}. – {last.month}.\u00a0{last.day}."


def _amount(counted: float, unit: str) -> str:
    if not counted:
        return _("안 셈")
    return (
        _("%(n)s시간") % {"n": f"{counted:g}"}
        if unit == "hours"
        else _("%(n)s일") % {"n": f"{counted:g}"}
    )


def adjustments(voice: Any) -> list[str]:
    """What lawfully moved the due time."""
    names = {
        "supplement": _("보완"),
        "inspection": _("현장 조사"),
        "extension": _("연장"),
        "outage": _("시스템 장애"),
    }
    lines = []
    for one in adjustments_of(voice):
        start = words.short_date(timezone.localtime(one.starts_at))
        end = words.short_date(timezone.localtime(one.ends_at)) if one.ends_at else _("진행 중")
        parts = (names[one.kind], f"{start} – {end}", one.reason, one.article)
        lines.append(" · ".join(part for part in parts if part))
    return lines


def left_out_by(moved_by: Iterable[Any], *, now: datetime) -> str:
    """The article that leaves today out, on the day a supplement or an inspection ended."""
    today = timezone.localdate(now)
    ended = [
        one.article
        for one in moved_by
        if one.kind in WAITS and one.ends_at and timezone.localdate(one.ends_at) == today
    ]
    return ended[-1] if ended else ""


def own_state(voice: Any) -> str:
    """What the city calls the voice's state, when it is none of the standard's."""
    return own_word(voice.status, voice.phase, _state_word(voice.status, voice))


def history(voice: Any) -> list[dict[str, Any]]:
    """Every act, the newest first; the city's own steps and states in its own words."""
    own = step_words(voice, language=(get_language() or "ko")[:2])
    return [_act(one, own, voice) for one in reversed(transitions_of(voice))]


def action_word(action: str, own: Mapping[str, str] | None = None) -> str:
    """An act in words; a city's own act as the city calls it, else by its code."""
    return str(ACTION_WORDS.get(action) or (own or {}).get(action, action))


def _state_word(status: str, voice: Any) -> str:
    return status_label(status, digest=voice.workflow_digest, language=(get_language() or "ko")[:2])


def _act(one: Any, own: Mapping[str, str], voice: Any) -> dict[str, Any]:
    word, known = action_word(one.action, own), STATES.get(one.to_status)
    target = str(known.word) if known else _state_word(one.to_status, voice)
    is_said = one.from_status in ("", one.to_status) or target == word
    parts = [
        word,
        "" if is_said else f"→ {target}",
        one.by.name if one.by else "",
        one.comment,
    ]
    text = " · ".join(part for part in parts if part)
    return {"at": one.at, "when": words.short_date_time(timezone.localtime(one.at)), "text": text}
