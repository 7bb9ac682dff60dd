"""Messages left in `sending` by a crash or a broken line: find out whether they left."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import QuerySet

from core_crm.messaging.errors import GatewayUnavailable
from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.services.clocks import RunningClock
from core_crm.messaging.services.gateways import gateway_for
from core_crm.messaging.services.marking import (
    accept,
    ask_later,
    client_reference,
    fail,
    retry_later,
    send_again,
)
from core_crm.messaging.types import Channel, Gateway, MessageState, Purpose
from tenants.isolation.fair import SLICE_SECONDS

log = logging.getLogger(__name__)

AT_ONCE = 200
BUDGET_SECONDS = SLICE_SECONDS / len(Channel)


def messages_settle(*, now: datetime, channel: Channel) -> int:
    """Settle the channel's messages whose fate nobody wrote down; how many were looked at.

    Where the gateway answers look-ups, ask it: taken over means accepted, else send again. Where it
    does not: a promotion is never sent twice and has failed; a notice is sent again, because a
    citizen who hears nothing is worse off than one who hears twice, and the row says so.

    Stops after two seconds, and at the first look-up that finds no answer: a gateway that hangs
    costs one time-out a run. That message goes behind the others, so none stands in their way.
    """
    clock, gateway = RunningClock(now), gateway_for(channel)
    looked_at = 0
    for message in _ripe(channel, gateway, now=now):
        if clock.elapsed_seconds() >= BUDGET_SECONDS:
            break
        looked_at += 1
        if not _settle(message, gateway, now=clock.instant()):
            break
    return looked_at


def _ripe(channel: Channel, gateway: Gateway, *, now: datetime) -> QuerySet[OutgoingMessage]:
    """Claimed so long ago that whoever sends it is surely gone; who was asked about last, last."""
    claimed_before = now - timedelta(seconds=gateway.settling_seconds)
    open_ones = OutgoingMessage.objects.filter(state=MessageState.SENDING, channel=channel)
    ripe = open_ones.filter(claimed_at__lte=claimed_before)
    return ripe.order_by("not_before", "claimed_at")[:AT_ONCE]


def _settle(message: OutgoingMessage, gateway: Gateway, *, now: datetime) -> bool:
    """Find out about one message; False when the gateway could not be asked."""
    if not gateway.can_look_up or gateway.name != message.gateway:
        _settle_blindly(message, now=now)
        return True
    try:
        receipt = gateway.look_up(client_reference(message))
    except GatewayUnavailable:
        ask_later(message, now=now)
        return False
    if receipt is not None:
        accept(message, receipt, now=now)
    else:
        send_again(message, reason="발송되지 않은 것을 확인하고 다시 보냅니다.", now=now)
    return True


def _settle_blindly(message: OutgoingMessage, *, now: datetime) -> None:
    if message.purpose == Purpose.PROMOTION:
        fail(message, reason="보냈는지 확인할 수 없어 다시 보내지 않았습니다.")
        return
    log.warning("message_sent_again_unsure", extra={"message_id": str(message.id)})
    retry_later(message, reason="보냈는지 확인할 수 없어 다시 보냅니다.", now=now)
