"""Writing a message into the outbox, in the transaction of the act it tells about."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
) -> OutgoingMessage:
    """Write a message; it leaves after the caller's transaction has committed, and only then.

    In a city that tries things out, and about what was tried out (`is_test`), it never leaves. The
    same `dedup_key` again returns the message written first, whatever its text was; who knows
    that the key `is_fresh`, being about something made in this very act, spares the looking. The
    purpose is the template's unless one is given. Raises PlaceholderMissing, TemplateLacksChannel,
    RecipientNotReachable, MessageTooLong.
    """
    if not is_fresh:
        written = OutgoingMessage.objects.filter(dedup_key=dedup_key).first()
        if written is not None:
            return written
    _check_reachable(recipient)
    text = render(
        template=template,
        channel=recipient.channel,
        language=recipient.language,
        context=context,
    )
    message = _message(recipient, text)
    message.template, message.dedup_key = template, dedup_key
    message.about_kind, message.about_id = about
    message.purpose, message.lane = purpose or text.purpose, lane
    message.created_at, message.not_before = now, not_before or now
    _hold(message, because=held_because(is_test=is_test))
    insert(message, unless_there=not is_fresh)
    transaction.on_commit(partial(nudge, lane), robust=True)
    if is_fresh:
        return message
    return OutgoingMessage.objects.get(dedup_key=dedup_key)  # another's, if they were first


def message_write(
    recipient: Recipient,
    text: Rendered,
    *,
    template: str,
    about: tuple[str, UUID],
    dedup_key: str,
    now: datetime,
) -> OutgoingMessage:
    """Write a message whose words no document holds. Raises RecipientNotReachable."""
    _check_reachable(recipient)
    message = _message(recipient, text)
    message.template, message.dedup_key = template, dedup_key
    message.about_kind, message.about_id = about
    message.purpose, message.created_at, message.not_before = text.purpose, now, now
    _hold(message, because=held_because())
    insert(message)
    transaction.on_commit(nudge, robust=True)
    return message


def _message(recipient: Recipient, text: Rendered) -> OutgoingMessage:
    message = OutgoingMessage(channel=recipient.channel, recipient=recipient.address)
    message.subject, message.body = text.subject, text.body
    message.byte_count = len(text.body.encode())
    if recipient.channel == Channel.SMS:
        sms_kind(text.body)  # refuses what is too long
        message.body = sms_safe(text.body)
        message.byte_count = sms_bytes(message.body)
    return message


def _hold(message: OutgoingMessage, *, because: str) -> None:
    if because:
        message.state, message.error = MessageState.HELD, because


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
