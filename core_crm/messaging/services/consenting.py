"""Advertising needs consent at the moment it leaves (정보통신망법 제50조); what informs needs none.

Consent may be taken back, or run out, between the writing of a message and its turn. By night
(21:00 to 08:00) a text message needs the consent by night as well (제3항); e-mail does not
(시행령 제61조 제2항).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from core_crm.calendars import SEOUL
from core_crm.customers.selectors import has_consent
from core_crm.customers.services import unsubscribe_url
from core_crm.customers.types import ConsentPurpose
from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.services.marking import fail, put_off
from core_crm.messaging.types import Channel, Purpose

NIGHT_FROM, NIGHT_TO = 21, 8
NOBODY = "광고는 동의를 확인할 고객이 있어야 보냅니다."
NO_CONSENT = "받는 사람이 광고에 동의하지 않아 보내지 않았습니다."


def is_kept_back(message: OutgoingMessage, *, now: datetime) -> bool:
    """Is this claimed message not to leave now? It fails for want of consent, or waits for 08:00.

    Anything but advertising goes.
    """
    if message.purpose != Purpose.PROMOTION:
        return False
    if message.citizen_id is None:
        fail(message, reason=NOBODY)
    elif not _agrees(message, ConsentPurpose.MARKETING, now):
        fail(message, reason=NO_CONSENT)
    elif _is_at_night(message, now) and not _agrees(message, ConsentPurpose.MARKETING_NIGHT, now):
        put_off(message, until=next_morning(now))
    else:
        return False
    return True


def way_out_of(message: OutgoingMessage) -> str:
    """Where a reader stops advertising with one press; "" for all else."""
    if message.purpose != Purpose.PROMOTION or message.citizen_id is None:
        return ""
    return unsubscribe_url(message.citizen_id, message.channel)


def next_morning(now: datetime) -> datetime:
    """The next eight o'clock in Seoul."""
    local = now.astimezone(SEOUL)
    today = local.replace(hour=NIGHT_TO, minute=0, second=0, microsecond=0)
    return today if today > local else today + timedelta(days=1)


def _agrees(message: Any, purpose: ConsentPurpose, now: datetime) -> bool:
    today = now.astimezone(SEOUL).date()
    return has_consent(message.citizen_id, purpose, message.channel, today=today)


def _is_at_night(message: OutgoingMessage, now: datetime) -> bool:
    hour = now.astimezone(SEOUL).hour
    return message.channel == Channel.SMS and (hour >= NIGHT_FROM or hour < NIGHT_TO)
