"""What the city writes to the citizen about a voice; each notice names who is in charge.

민원 처리에 관한 법률 시행령 제31조: a notice of an extension, a supplement, the progress or the
result names the official, the department and how to reach them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from core_crm.common.addresses import public_url
from core_crm.common.personal_data import show_phone
from core_crm.messaging.errors import RecipientNotReachable
from core_crm.messaging.services import message_queue
from core_crm.messaging.types import Channel, Purpose, Recipient
from core_crm.staff.models import Official
from core_crm.voices.models import Voice
from core_crm.voices.selectors.links import tracking_url
from core_crm.voices.services.wording import cut_to_bytes, moment_in_words
from tenants.context import current_city

ABOUT = "voice"
SMS_TITLE_BYTES, SMS_ANSWER_BYTES, SMS_REASON_BYTES = 200, 1200, 300
CONTINUES = {"ko": "… (전체 글은 아래 주소에)", "en": "... (all of it at the address below)"}
NOT_YET = {"ko": "담당자 지정 전", "en": "official not named yet"}
KNOWN_AT_ANY_STEP = frozenset(
    {
        "city_name",
        "city_short_name",
        "ref",
        "title",
        "department",
        "officer",
        "contact",
        "track_url",
        "received_at",
        "due_at",
        "original_due_at",
        "status",
    }
)
"""The placeholders a wording may have to go out with any step of a workflow."""
SHORTENED = {"answer": SMS_ANSWER_BYTES, "reason": SMS_REASON_BYTES, "title": SMS_TITLE_BYTES}


def notice_queue(
    voice: Voice,
    *,
    template: str,
    key: str,
    now: datetime,
    by: Official | None = None,
    context: Mapping[str, str] | None = None,
    channel: str | None = None,
    purpose: str = Purpose.STATUTORY_NOTICE,
    is_fresh: bool = False,
) -> str:
    """Write a notice in the transaction of the act; its deduplication key, "" without a contact.

    `is_fresh`: the voice is made in this act, so there cannot be such a notice yet.
    Raises RecipientNotReachable when a channel is asked for that the citizen cannot be reached by.
    """
    recipient = recipient_of(voice, channel=channel)
    if recipient is None:
        return ""
    told = _context(voice, by=by) | dict(context or {})
    if recipient.channel == Channel.SMS:
        told = {name: _short(name, text, voice.language) for name, text in told.items()}
    message = message_queue(
        recipient=recipient,
        template=template,
        context=told,
        about=(ABOUT, voice.id),
        dedup_key=f"voice:{voice.id}:{key}",
        is_fresh=is_fresh,
        purpose=purpose,
        now=now,
        is_test=voice.is_test,
        citizen_id=voice.citizen_id,
    )
    return message.dedup_key


def recipient_of(voice: Voice, *, channel: str | None = None) -> Recipient | None:
    """Where to write: the wished channel, else any contact there is; None for the anonymous."""
    contacts = {Channel.SMS.value: voice.citizen.phone, Channel.EMAIL.value: voice.citizen.email}
    if channel:
        if not contacts.get(channel):
            raise RecipientNotReachable("이 수단으로 보낼 연락처가 없습니다.", channel=channel)
        return Recipient(channel, contacts[channel], voice.language)
    for wished in (voice.reply_channel, voice.citizen.preferred_channel, *contacts):
        if contacts.get(wished):
            return Recipient(wished, contacts[wished], voice.language)
    return None


def contact_in_words(voice: Voice, *, by: Official | None) -> str:
    """How to reach who is in charge: their own number, the department's, else the city's page."""
    official = by or voice.officer
    department = voice.department
    if official is not None and official.phone:
        return show_phone(official.phone)
    if department is not None and (department.phone or department.email):
        return show_phone(department.phone) if department.phone else department.email
    return str(official.user.email) if official is not None else public_url("/")


def _context(voice: Voice, *, by: Official | None) -> dict[str, str]:
    city, official, language = current_city(), by or voice.officer, voice.language
    return {
        "city_name": city.name_ko if language == "ko" else city.name_en,
        "city_short_name": city.short_name_ko if language == "ko" else city.name_en,
        "ref": voice.ref,
        "title": voice.title,
        "department": department_in_words(voice),
        "officer": official.name if official else NOT_YET[language],
        "contact": contact_in_words(voice, by=by),
        "track_url": tracking_url(voice),
        "received_at": moment_in_words(voice.received_at, language=language),
        "due_at": moment_in_words(voice.due_at, language=language),
        "original_due_at": moment_in_words(voice.original_due_at, language=language),
    }


def department_in_words(voice: Voice) -> str:
    """The department's name in the reader's language, else the city's."""
    city, department = current_city(), voice.department
    if voice.language == "en":
        return (department.name_en or department.name_ko) if department else city.name_en
    return department.name_ko if department else city.name_ko


def _short(name: str, text: str, language: str) -> str:
    """A text message holds 2,000 bytes: long parts are cut, the tracking page has all."""
    limit = SHORTENED.get(name)
    return cut_to_bytes(text, limit_bytes=limit, ending=CONTINUES[language]) if limit else text
