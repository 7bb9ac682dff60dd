"""Messages left in `sending` by a crash or a broken line: find out whether they left."""

from __future__ import annotations

import logging
from datetime import datetime

from core_crm.messaging.errors import GatewayUnavailable
from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.services.gateways import gateway_for
from core_crm.messaging.services.marking import (
    accept,
    client_reference,
    fail,
    retry_later,
    send_again,
)
from core_crm.messaging.types import Gateway, MessageState, Purpose

log = logging.getLogger(__name__)

AT_ONCE = 200


def messages_settle(*, now: datetime) -> int:
    """Settle the messages whose fate nobody wrote down; how many were looked at.

    Where the gateway answers look-ups, ask it: taken over means accepted, else send again. Where it
    does not: a promotion is never sent twice and has failed; a notice is sent again, because a
    citizen who hears nothing is worse off than one who hears twice, and the row says so.
    """
    open_ones = OutgoingMessage.objects.filter(state=MessageState.SENDING).order_by("claimed_at")
    looked_at = 0
    for message in open_ones[:AT_ONCE]:
        gateway = gateway_for(message.channel)
        if _is_ripe(message, gateway, now=now):
            _settle(message, gateway, now=now)
            looked_at += 1
    return looked_at


def _is_ripe(message: OutgoingMessage, gateway: Gateway, *, now: datetime) -> bool:
    claimed_at = message.claimed_at or now
    return (now - claimed_at).total_seconds() >= gateway.settling_seconds


def _settle(message: OutgoingMessage, gateway: Gateway, *, now: datetime) -> None:
    if not gateway.can_look_up or gateway.name != message.gateway:
        _settle_blindly(message, now=now)
        return
    try:
        receipt = gateway.look_up(client_reference(message))
    except GatewayUnavailable:
        return  # asked again by the next sweep
    if receipt is not None:
        accept(message, receipt, now=now)
    else:
        send_again(message, reason="발송되지 않은 것을 확인하고 다시 보냅니다.", now=now)


def _settle_blindly(message: OutgoingMessage, *, now: datetime) -> None:
    if message.purpose == Purpose.PROMOTION:
        fail(message, reason="보냈는지 확인할 수 없어 다시 보내지 않았습니다.")
        return
    log.warning("message_sent_again_unsure", extra={"message_id": str(message.id)})
    retry_later(message, reason="보냈는지 확인할 수 없어 다시 보냅니다.", now=now)
