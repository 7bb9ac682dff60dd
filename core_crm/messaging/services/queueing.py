"""Writing a message into the outbox, in the transaction of the act it tells about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from core_crm.messaging.errors import RecipientNotReachable
from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.services.holding import held_because
from core_crm.messaging.services.measuring import sms_bytes, sms_kind, sms_safe
from core_crm.messaging.services.rendering import render
from core_crm.messaging.types import Channel, Lane, MessageState, Recipient, Rendered
from tenants.isolation.jobs import job_named
from tenants.rows import insert

JOBS = {Lane.TRANSACTIONAL: "messaging.send_due", Lane.BULK: "messaging.send_bulk"}
E164 = re.compile(r"\+[1-9][0-9]{6,14}")


def message_queue(
    *,
    recipient: Recipient,
    template: str,
    context: Mapping[str, Any],
    about: tuple[str, UUID],
    dedup_key: str,
    is_fresh: bool = False,
    purpose: str = "",
    lane: str = Lane.TRANSACTIONAL,
    now: datetime,
    not_before: datetime | None = None,
    is_test: bool = False,
    citizen_id: UUID | None = None,
) -> OutgoingMessage:
    """Write a message; it leaves after the caller's transaction has committed, and only then.

    In a city that tries things out, and about what was tried out (`is_test`), it never leaves. The
    same `dedup_key` again returns the message written first, whatever its text was; who knows
    that the key `is_fresh`, being about something made in this very act, spares the looking. The
    purpose is the template's unless one is given; advertising names the citizen who agreed to it.
    Raises PlaceholderMissing, TemplateLacksChannel, RecipientNotReachable, MessageTooLong.
    """
    written = None if is_fresh else OutgoingMessage.objects.filter(dedup_key=dedup_key).first()
    if written is not None:
        return written
    text = render(
        template=template,
        channel=recipient.channel,
        language=recipient.language,
        context=context,
    )
    return message_write(
        recipient,
        replace(text, purpose=purpose or text.purpose),
        template=template,
        about=about,
        dedup_key=dedup_key,
        is_fresh=is_fresh,
        lane=lane,
        now=now,
        not_before=not_before,
        is_test=is_test,
        citizen_id=citizen_id,
    )


def message_write(
    recipient: Recipient,
    text: Rendered,
    *,
    template: str,
    about: tuple[str, UUID],
    dedup_key: str,
    now: datetime,
    is_fresh: bool = True,
    lane: str = Lane.TRANSACTIONAL,
    not_before: datetime | None = None,
    is_test: bool = False,
    citizen_id: UUID | None = None,
) -> OutgoingMessage:
    """Write a message whose words are there already. Raises RecipientNotReachable, MessageTooLong.

    Unless its `dedup_key` is fresh, the one written first under it is returned.
    """
    _check_reachable(recipient)
    message = _message(recipient, text)
    message.template, message.dedup_key = template, dedup_key
    message.about_kind, message.about_id = about
    message.lane, message.citizen_id = lane, citizen_id
    message.created_at, message.not_before = now, not_before or now
    if because := held_because(is_test=is_test):
        message.state, message.error = MessageState.HELD, because
    insert(message, unless_there=not is_fresh)
    transaction.on_commit(partial(nudge, lane), robust=True)
    return message if is_fresh else OutgoingMessage.objects.get(dedup_key=dedup_key)


def _message(recipient: Recipient, text: Rendered) -> OutgoingMessage:
    message = OutgoingMessage(channel=recipient.channel, recipient=recipient.address)
    message.subject, message.body, message.purpose = text.subject, text.body, text.purpose
    message.byte_count = len(text.body.encode())
    if recipient.channel == Channel.SMS:
        sms_kind(text.body)  # refuses what is too long
        message.body = sms_safe(text.body)
        message.byte_count = sms_bytes(message.body)
    return message


def _check_reachable(recipient: Recipient) -> None:
    if recipient.channel == Channel.SMS:
        is_reachable = bool(E164.fullmatch(recipient.address))
    else:
        is_reachable = recipient.channel == Channel.EMAIL and _is_email(recipient.address)
    if not is_reachable:
        raise RecipientNotReachable(
            "이 수단으로 보낼 수 있는 연락처가 아닙니다.", channel=recipient.channel
        )


def _is_email(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def nudge(lane: str = Lane.TRANSACTIONAL) -> None:
    """Tell a worker to look now; when no broker is there, the sweep looks within seconds."""
    job_named(JOBS[Lane(lane)]).nudge()
