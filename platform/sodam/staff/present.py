"""Rows and cases as pages show them: words, dates and masks; no query of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypedDict
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.common.personal_data import mask_email, mask_name, mask_phone, show_phone
from core_crm.voices.types import ClockFacts, Presence, ThreadItem, VoiceRow
from sodam.staff.labels import CHANNELS, DELIVERIES, Sign, own_word, state_sign
from sodam.staff.list_query import ListQuery
from sodam.ui import words

UNREAD = frozenset({"received", "sorting", "assigned", "reopened"})
TARGETS = {"soon": gettext_lazy("목표 임박"), "over": gettext_lazy("목표 지남")}
ENTRY_STYLES = {
    "citizen": "",
    "supplement_reply": "",
    "answer": "us",
    "supplement_request": "us",
    "notice": "us",
    "note": "note",
    "system": "sys",
}


@dataclass(frozen=True, slots=True)
class ClockView:
    """What the clock pill draws."""

    seconds_left: float
    used_ratio: float
    state: str
    why: str = ""


class RowView(TypedDict):
    """One line of a list. A mapping: a template looks fifty lines up as fast as Python does."""

    id: UUID
    ref: str
    title: str
    url: str
    sign: Sign
    pick: str
    people: str
    place: str
    own: str
    clock: ClockView
    target: Any
    is_unread: bool
    is_test: bool


@dataclass(frozen=True, slots=True)
class EntryView:
    """One piece of the conversation."""

    css: str
    who: str
    what: str
    at: datetime
    when: str
    body: str
    delivery: dict[str, Any] | None
    files: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ContactView:
    """How to reach the citizen, masked unless it was opened with a reason."""

    name: str
    letter: str
    lines: list[str]
    is_open: bool


def rows(voices: Iterable[VoiceRow], *, query: ListQuery, now: datetime) -> list[RowView]:
    """The lines of a list."""
    url_of = query.case_urls()
    return [_row(voice, url=url_of(voice.ref), now=now) for voice in voices]


def _row(voice: VoiceRow, *, url: str, now: datetime) -> RowView:
    """A list's line; new and unopened ones are bold."""
    citizen = voice.citizen_name or _("이름 없음")
    channel, owner = CHANNELS.get(voice.channel, voice.channel), voice.officer_name
    return RowView(
        id=voice.id,
        ref=voice.ref,
        title=voice.title,
        url=url,
        sign=state_sign(
            voice.phase,
            outcome=voice.outcome,
            word=own_word(voice.status, voice.phase, voice.status_label),
        ),
        pick=_("%(ref)s 고르기") % {"ref": voice.ref},
        people=f"{citizen} · {channel} · {moment(voice.received_at, now=now)}",
        place=f"{voice.ref} · {owner or _('담당 없음')}",
        own=" · ".join(f"{one.label} {one.text}" for one in voice.fields),
        clock=clock(voice.clock),
        target=TARGETS.get(voice.clock.target_tone, ""),
        is_unread=voice.phase in UNREAD,
        is_test=voice.is_test,
    )


def clock(facts: ClockFacts, *, left_out_by: str = "") -> ClockView:
    """The pill of a voice; `left_out_by` is the article by which only today is free."""
    if left_out_by and facts.is_paused:
        return ClockView(facts.left_seconds, facts.used_ratio, "left_out", left_out_by)
    state = facts.tone if facts.tone in {"paused", "done"} else "running"
    left = min(facts.left_seconds, -1) if facts.is_over else facts.left_seconds
    return ClockView(left, facts.used_ratio, state)


def moment(at: datetime, *, now: datetime) -> str:
    """`13:58` today, `어제 17:20`, `11. 16.(월)` before; another year with its year."""
    local, today = timezone.localtime(at), timezone.localdate(now)
    if local.date() == today:
        return f"{local:%H:%M}"
    if local.date() == today - timedelta(days=1):
        return _("어제 %(time)s") % {"time": f"{local:%H:%M}"}
    return words.short_date(local) if local.year == today.year else words.bare_date(local)


def entry(item: ThreadItem, *, citizen: str, channel: str) -> EntryView:
    """A message, note or notice, with who wrote it and how it travelled."""
    is_citizen = item.kind in {"citizen", "supplement_reply"}
    return EntryView(
        css=ENTRY_STYLES.get(item.kind, "sys"),
        who=citizen if is_citizen else item.author_name or _("소담"),
        what=_entry_what(item, channel),
        at=item.at,
        when=words.short_date_time(timezone.localtime(item.at)),
        body=item.body,
        delivery=_delivery(item),
    )


def _entry_what(item: ThreadItem, channel: str) -> str:
    names = {
        "citizen": _("시민 · %(channel)s") % {"channel": CHANNELS.get(channel, channel)},
        "supplement_reply": _("시민 · 보완"),
        "answer": _("시민에게 답변"),
        "supplement_request": _("시민에게 보완 요청"),
        "notice": _("시민에게 알림"),
        "note": _("내부 메모"),
    }
    return " · ".join(part for part in (names.get(item.kind, ""), item.author_department) if part)


def _delivery(item: ThreadItem) -> dict[str, Any] | None:
    sign = DELIVERIES.get(item.message_state)
    if sign is None:
        return None
    road = CHANNELS.get(item.message_channel, item.message_channel)
    return {"icon": sign.icon, "text": f"{road} · {sign.word}"}


def contact(citizen: Any, *, is_open: bool) -> ContactView:
    """Name, phone and address; masked by default (UX gate G10)."""
    if citizen is None or citizen.is_anonymous:
        return ContactView(_("이름 없음"), "-", [_("연락처 없음")], is_open=True)
    phone, email = citizen.phone, citizen.email
    shown = [show_phone(phone), email] if is_open else [mask_phone(phone), mask_email(email)]
    return ContactView(
        name=citizen.name if is_open else mask_name(citizen.name),
        letter=citizen.name[:1] or "-",
        lines=[line for line, known in zip(shown, (phone, email), strict=True) if known],
        is_open=is_open,
    )


def presence(others: list[Presence]) -> dict[str, Any]:
    """Who else is here, as one sentence; writing weighs more than looking."""
    writers = [one for one in others if one.is_writing]
    if writers:
        text = _("%(name)s 님이 답변을 쓰고 있습니다") % {"name": _names(writers)}
    elif others:
        text = _("%(name)s 님이 함께 보고 있습니다") % {"name": _names(others)}
    else:
        text = ""
    return {
        "text": text,
        "is_writing": bool(writers),
        "letter": others[0].name[:1] if others else "",
    }


def _names(people: list[Presence]) -> str:
    first, *more = people
    if not more:
        return first.name
    return _("%(name)s 외 %(count)d명") % {"name": first.name, "count": len(more)}
