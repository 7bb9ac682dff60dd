"""Sending what is due: claim and commit first, call the gateway, then write down its word.

Never call this inside a transaction: the claim must be committed before the gateway is called, so
that a crash in between leaves a row in `sending`, which `settling` takes up.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from core_crm.messaging.errors import (
    GatewayMissing,
    GatewayRefused,
    GatewayUnavailable,
    GatewayUnclear,
)
from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.selectors import bulk_left
from core_crm.messaging.services.clocks import RunningClock
from core_crm.messaging.services.consenting import is_kept_back, way_out_of
from core_crm.messaging.services.gateways import gateway_for
from core_crm.messaging.services.holding import is_sending_barred
from core_crm.messaging.services.marking import (
    accept,
    client_reference,
    fail,
    note_unclear,
    retry_later,
    wait_for_gateway,
)
from core_crm.messaging.services.settling import messages_settle
from core_crm.messaging.types import Channel, Gateway, Lane, MessageState, Outgoing
from tenants.isolation.fair import SLICE_SECONDS

log = logging.getLogger(__name__)

AT_ONCE = 500
BUDGET_SECONDS = SLICE_SECONDS / len(Channel)


def messages_send_due(*, now: datetime, lane: Lane | None = None) -> int:
    """Channel by channel: settle what a crash left open, then send; how many were accepted.

    Several may run at once: each message is claimed by one. Each channel has its own two seconds
    (or 500 messages), so that a gateway that hangs holds up neither the other channel nor another
    city; who is left is the next slice's. `lane` None: both, bulk last. A city that tries things
    out sends nothing, and one that has sent as much as was agreed sends no bulk.
    """
    if is_sending_barred():
        return 0
    run = RunningClock(now)
    most = AT_ONCE if lane != Lane.BULK else min(AT_ONCE, bulk_left(now=now))
    accepted = 0
    for channel in Channel:
        if lane != Lane.BULK:
            messages_settle(now=run.instant(), channel=channel)
        accepted += _send_channel(channel, lane, RunningClock(run.instant()), most=most - accepted)
    return accepted


def _send_channel(channel: Channel, lane: Lane | None, clock: RunningClock, *, most: int) -> int:
    accepted = 0
    for _ in range(most):
        if clock.elapsed_seconds() >= BUDGET_SECONDS:
            break
        message = _claim_next(channel, lane, now=clock.instant())
        if message is None:
            break
        accepted += _send(message, clock)
    return accepted


def _claim_next(channel: Channel, lane: Lane | None, *, now: datetime) -> OutgoingMessage | None:
    """Take the channel's next due message, transactional ones first, and commit that we did."""
    due = Q(lane=lane) if lane else Q()
    with transaction.atomic():
        message = (
            OutgoingMessage.objects.select_for_update(skip_locked=True)
            .filter(due, state=MessageState.QUEUED, channel=channel, not_before__lte=now)
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
    if is_kept_back(message, now=clock.instant()):
        return False
    try:
        receipt = gateway.send(outgoing_of(message))
    except GatewayRefused as refused:
        fail(message, reason=refused.message)
    except GatewayMissing as missing:
        wait_for_gateway(message, reason=missing.message, now=clock.instant())
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
        unsubscribe_url=way_out_of(message),
    )
