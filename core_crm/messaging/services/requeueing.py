"""Giving messages another chance after an operator has mended what stopped them."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.services.gateways import NoGateway
from core_crm.messaging.services.queueing import nudge
from core_crm.messaging.types import MessageState, Purpose

log = logging.getLogger(__name__)


@transaction.atomic
def messages_requeue_failed(*, now: datetime) -> int:
    """Send all that failed anew, and at once what waits for a gateway; how many.

    Promotions stay failed: one whose fate nobody knows must never be sent a second time.
    """
    failed = Q(state=MessageState.FAILED) & ~Q(purpose=Purpose.PROMOTION)
    waiting = Q(state=MessageState.QUEUED, gateway=NoGateway.name, not_before__gt=now)
    count = OutgoingMessage.objects.filter(failed | waiting).update(
        state=MessageState.QUEUED, attempts=0, not_before=now
    )
    log.info("messages_requeued", extra={"count": count})
    transaction.on_commit(nudge, robust=True)
    return count
