"""Messages to a citizen: within the history, or alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from core_crm.messaging.selectors import messages_named, messages_within
from sodam.staff.labels import CHANNELS, DELIVERIES

VOICE = "voice"
MOST = 60
TOGETHER = timedelta(seconds=60)
"""A message that was written within this time of a line belongs to it: one act writes both."""
TEMPLATES: dict[str, str | Promise] = {
    "voice_received": gettext_lazy("접수를 알림"),
    "voice_answered": gettext_lazy("답변을 보냄"),
    "voice_extended": gettext_lazy("기한 연장을 알림"),
    "voice_progress": gettext_lazy("진행을 알림"),
    "voice_reopened": gettext_lazy("다시 열었음을 알림"),
    "voice_supplement_requested": gettext_lazy("보완을 청함"),
    "voice_transferred": gettext_lazy("이첩을 알림"),
    "voice_unable": gettext_lazy("불가를 알림"),
    "survey_invitation": gettext_lazy("만족도를 물음"),
}
OTHER = gettext_lazy("메시지를 보냄")


def sent_between(
    voices: Any,
    ids: Sequence[UUID],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    most: int = MOST,
) -> list[Any]:
    """The newest messages about these voices (a queryset), and others to these citizens.

    From one instant to before another.
    """
    span = {"since": since, "until": until}
    about = messages_within(VOICE, voices.values("pk"), **span)[:most]
    others = messages_named(ids, but_about=VOICE, **span)[:most]
    return sorted([*about, *others], key=lambda one: one.created_at, reverse=True)[:most]


def sent_count(voices: Any, ids: Sequence[UUID]) -> int:
    """How many there are in all."""
    about = messages_within(VOICE, voices.values("pk")).count()
    return about + messages_named(ids, but_about=VOICE).count()


def belongs(message: Any, entry: Any) -> bool:
    """Did one act write this line and this message?"""
    is_near = timedelta(0) <= message.created_at - entry.at < TOGETHER
    return bool(message.about_id == entry.about_id and is_near)


def word_of_message(message: Any) -> str:
    """Why it was sent."""
    return str(TEMPLATES.get(message.template, OTHER))


def delivery(message: Any) -> dict[str, Any]:
    """By which road it went, and whether it arrived."""
    sign = DELIVERIES[message.state]
    road = CHANNELS.get(message.channel, message.channel)
    return {"icon": sign.icon, "text": f"{road} · {sign.word}"}
