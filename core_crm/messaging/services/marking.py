"""Writing down what a gateway said; a mark counts only while the claim it answers stands."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.types import Lane, MessageState, Receipt
from tenants.context import current_city

log = logging.getLogger(__name__)

BACKOFF = tuple(timedelta(seconds=s) for s in (30, 120, 600, 1800, 7200, 21600))
MAX_ATTEMPTS = len(BACKOFF) + 1


def client_reference(message: OutgoingMessage) -> str:
    """Our name for a message, the same for every attempt and unique over all cities."""
    return f"{current_city().code}-{message.id}"


def accept(message: OutgoingMessage, receipt: Receipt, *, now: datetime) -> bool:
    """A gateway has taken the message over."""
    state = MessageState.DELIVERED if receipt.is_delivered else MessageState.ACCEPTED
    return _mark(message, state=state, gateway_ref=receipt.gateway_ref[:120], sent_at=now, error="")


def fail(message: OutgoingMessage, *, reason: str) -> None:
    """No attempt will be made again; staff see why."""
    _mark(message, state=MessageState.FAILED, error=reason[:300])
    log.error("message_failed", extra={"message_id": str(message.id), "reason": reason})


def retry_later(message: OutgoingMessage, *, reason: str, now: datetime) -> None:
    """Queue the message again after a growing pause; after the last one it has failed."""
    if message.attempts >= MAX_ATTEMPTS:
        fail(message, reason=f"{MAX_ATTEMPTS}번 보냈으나 실패했습니다: {reason}")
        return
    pause = BACKOFF[message.attempts - 1]
    _mark(message, state=MessageState.QUEUED, not_before=now + pause, error=reason[:300])


def wait_for_gateway(message: OutgoingMessage, *, reason: str, now: datetime) -> None:
    """Nobody was asked, so no attempt is counted: wait as long again as the message is old.

    The pause grows to the longest one and stays there. A campaign does not wait; it fails.
    """
    if message.lane == Lane.BULK:
        retry_later(message, reason=reason, now=now)
        return
    pause = min(max(now - message.created_at, BACKOFF[0]), BACKOFF[-1])
    _mark(
        message,
        state=MessageState.QUEUED,
        not_before=now + pause,
        attempts=message.attempts - 1,
        error=reason[:300],
    )
    log.warning("message_waits_for_gateway", extra={"message_id": str(message.id)})


def ask_later(message: OutgoingMessage, *, now: datetime) -> None:
    """The gateway could not be asked: it is asked about the others first."""
    _mark(message, state=MessageState.SENDING, not_before=now)


def put_off(message: OutgoingMessage, *, until: datetime) -> None:
    """It may not leave before `until`; nobody was asked, so no attempt is counted."""
    attempts = message.attempts - 1
    _mark(message, state=MessageState.QUEUED, not_before=until, attempts=attempts)


def send_again(message: OutgoingMessage, *, reason: str, now: datetime) -> None:
    """Queue at once a message that surely never left."""
    if message.attempts >= MAX_ATTEMPTS:
        fail(message, reason=f"{MAX_ATTEMPTS}번 보냈으나 실패했습니다: {reason}")
        return
    _mark(message, state=MessageState.QUEUED, not_before=now, error=reason[:300])


def note_unclear(message: OutgoingMessage, *, reason: str) -> None:
    """Leave the message in `sending`: it may have left, and settling will ask."""
    _mark(message, state=MessageState.SENDING, error=reason[:300])
    log.warning("message_unclear", extra={"message_id": str(message.id), "reason": reason})


def _mark(message: OutgoingMessage, **values: Any) -> bool:
    return bool(
        OutgoingMessage.objects.filter(
            pk=message.pk, state=MessageState.SENDING, claimed_at=message.claimed_at
        ).update(**values)
    )
