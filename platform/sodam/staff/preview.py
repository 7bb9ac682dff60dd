"""What a citizen would get: the real act is rehearsed and rolled back, so both are the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core_crm.common.personal_data import mask_email, mask_phone
from core_crm.messaging.errors import PlaceholderMissing, TemplateLacksChannel
from core_crm.messaging.selectors import messages_about
from core_crm.messaging.services import render, sms_bytes, sms_measure
from core_crm.voices.selectors import tracking_url
from core_crm.voices.services.notices import contact_in_words, department_in_words, recipient_of
from sodam.staff.doing import Doing
from sodam.staff.labels import REPLY_CHANNELS
from sodam.ui import words
from tenants.context import current_city

LMS_BYTES = 2000
KEY = re.compile(r"([?&]k=)[\w-]+")


@dataclass(frozen=True, slots=True)
class Preview:
    """A message as it would arrive, to whom, and what is odd about it."""

    body: str
    subject: str = ""
    to: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def rehearse(run: Callable[[Doing], Any], doing: Doing) -> Preview:
    """Do the act, read the message it wrote, undo all of it. Raises what the act raises."""
    with transaction.atomic():
        before = set(messages_about("voice", doing.voice.id).values_list("id", flat=True))
        saved = run(doing)
        written = messages_about("voice", doing.voice.id).exclude(id__in=before).last()
        shown = _shown(written, saved, doing)
        transaction.set_rollback(True)
    return shown


def _shown(message: Any, saved: Any, doing: Doing) -> Preview:
    due = _due_line(saved, doing)
    if message is None:
        text = doing.given.get("body") or doing.given.get("reason", "")
        return Preview(text, to=due, warnings=[_("연락처가 없어 조회 화면에만 보입니다.")])
    warnings, length = [], []
    if message.channel == "sms":
        measure = sms_measure(message.body)
        kind = measure.kind or _("너무 긺")
        length = [f"{kind} {measure.bytes:,} / {LMS_BYTES:,} byte"]
        if measure.unencodable:
            signs = " ".join(measure.unencodable)
            warnings.append(_("전화기에서 □로 보일 글자: %(signs)s") % {"signs": signs})
    address = message.recipient
    masked = mask_phone(address) if message.channel == "sms" else mask_email(address)
    to = [f"{REPLY_CHANNELS[message.channel]} · {masked}", *length, *due]
    return Preview(KEY.sub(r"\1…", message.body), subject=message.subject, to=to, warnings=warnings)


def _due_line(saved: Any, doing: Doing) -> list[str]:
    """The new due time, when the act moves it."""
    if saved.due_at == doing.voice.due_at or saved.closed_at:
        return []
    due = words.date_time(timezone.localtime(saved.due_at))
    return [_("새 처리기한 %(due)s") % {"due": due}]


def roads(voice: Any) -> list[str]:
    """By which roads this citizen can be reached."""
    known = {"sms": voice.citizen.phone, "email": voice.citizen.email}
    return [road for road, address in known.items() if address]


def road_of(voice: Any) -> str:
    """The road the citizen wishes."""
    recipient = recipient_of(voice)
    return str(recipient.channel) if recipient else ""


def around_bytes(voice: Any, *, official: Any) -> int:
    """How many bytes of a text message the greeting, names and link around an answer take."""
    context = {
        "city_name": current_city().name_ko,
        "city_short_name": current_city().short_name_ko,
        "ref": voice.ref,
        "title": voice.title,
        "department": department_in_words(voice),
        "officer": official.name,
        "contact": contact_in_words(voice, by=official),
        "track_url": tracking_url(voice),
        "answer": "",
        "answered_at": "",
    }
    try:
        letter = render(
            template="voice_answered", channel="sms", language=voice.language, context=context
        )
    except (PlaceholderMissing, TemplateLacksChannel):
        return 0
    return sms_bytes(letter.body)
