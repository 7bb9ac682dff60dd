"""Sending what is due: claim and commit first, call the gateway, then write down its word.

Never call this inside a transaction: the claim must be committed before the gateway is called, so
that a crash in between leaves a row in `sending`, which `settling` takes up.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from core_crm.messaging.errors import GatewayRefused, GatewayUnavailable, GatewayUnclear
from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.services.gateways import gateway_for
from core_crm.messaging.services.marking import (
    accept,
    client_reference,
    fail,
    note_unclear,
    retry_later,
)
from core_crm.messaging.services.settling import messages_settle
from core_crm.messaging.types import Gateway, MessageState, Outgoing

log = logging.getLogger(__name__)

AT_ONCE = 500
BUDGET_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class RunningClock:
    """The instant the caller gave, running on from there."""

    started_at: datetime
    _zero: float = field(default_factory=time.monotonic)

    def elapsed_seconds(self) -> float:
        return time.monotonic() - self._zero

    def instant(self) -> datetime:
        return self.started_at + timedelta(seconds=self.elapsed_seconds())


def messages_send_due(*, now: datetime) -> int:
    """Settle what a crash left open, then send all that is due; how many a gateway accepted.

    Several may run at once: each message is claimed by one. Stops after 20 seconds or 500 messages;
    the next sweep goes on.
    """
    messages_settle(now=now)
    clock = RunningClock(now)
    accepted = 0
    for _ in range(AT_ONCE):
        message = _claim_next(now=clock.instant()) if _has_time(clock) else None
        if message is None:
            break
        accepted += _send(message, clock)
    return accepted


def _has_time(clock: RunningClock) -> bool:
    return clock.elapsed_seconds() < BUDGET_SECONDS


def _claim_next(*, now: datetime) -> OutgoingMessage | None:
    """Take the next due message, transactional ones first, and commit that we did."""
    with transaction.atomic():
        message = (
            OutgoingMessage.objects.select_for_update(skip_locked=True)
            .filter(state=MessageState.QUEUED, not_before__lte=now)
            .order_by("-lane", "not_before", "id")
            .first()
        )
        if message is None:
            return None
        message.state, message.claimed_at = MessageState.SENDING, now
        message.attempts += 1
        message.gateway = gateway_for(message.channel).name
        message.save(update_fields=["state", "claimed_at", "attempts", "gateway"])
    return message


def _send(message: OutgoingMessage, clock: RunningClock) -> bool:
    gateway = gateway_for(message.channel)
    if _has_slept(message, gateway, clock):
        return False  # stopped for so long that another process may be settling it
    try:
        receipt = gateway.send(outgoing_of(message))
    except GatewayRefused as refused:
        fail(message, reason=refused.message)
    except GatewayUnavailable as away:
        retry_later(message, reason=away.message, now=clock.instant())
    except GatewayUnclear as unclear:
        note_unclear(message, reason=unclear.message)
    except Exception:
        log.exception(
            "gateway_broke", extra={"gateway": gateway.name, "message_id": str(message.id)}
        )
        note_unclear(message, reason="발송 통로에 문제가 생겼습니다.")
    else:
        return accept(message, receipt, now=clock.instant())
    return False


def _has_slept(message: OutgoingMessage, gateway: Gateway, clock: RunningClock) -> bool:
    claimed_at = message.claimed_at or clock.instant()
    return (clock.instant() - claimed_at).total_seconds() > gateway.settling_seconds / 2


def outgoing_of(message: OutgoingMessage) -> Outgoing:
    """The message as a gateway gets it."""
    return Outgoing(
        client_reference=client_reference(message),
        channel=message.channel,
        address=message.recipient,
        subject=message.subject,
        body=message.body,
        written_at=message.created_at,
    )
