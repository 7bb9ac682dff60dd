"""Deliver recorded events: each reaction and its mark in one transaction."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction

from core_crm.common.events import receiver_named
from core_crm.common.models import EventDelivery

log = logging.getLogger(__name__)

BATCH = 200
MAX_BACKOFF_MINUTES = 60


def events_relay(*, now: datetime) -> int:
    """Deliver what is due in this city, oldest first; how many were delivered. One failure stops
    nobody else's delivery: it is tried again later, with the error kept."""
    delivered = 0
    for _ in range(BATCH):
        outcome = _deliver_next(now=now)
        if outcome is None:
            break
        delivered += outcome
    return delivered


def _deliver_next(*, now: datetime) -> bool | None:
    """Claim one due delivery and run its reaction. None when nothing is due."""
    with transaction.atomic():
        delivery = (
            EventDelivery.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("event")
            .filter(delivered_at__isnull=True, next_attempt_at__lte=now)
            .order_by("next_attempt_at", "id")
            .first()
        )
        if delivery is None:
            return None
        return _react(delivery, now=now)


def _react(delivery: EventDelivery, *, now: datetime) -> bool:
    receiver = receiver_named(delivery.receiver)
    try:
        if receiver is None:
            raise LookupError(f"no receiver is called {delivery.receiver}")
        with transaction.atomic():
            receiver.react(receiver.event.from_payload(delivery.event.payload))
    except Exception as error:
        log.exception("receiver_failed", extra={"receiver": delivery.receiver})
        _postpone(delivery, error=error, now=now)
        return False
    delivery.attempts += 1
    delivery.delivered_at, delivery.error = now, ""
    delivery.save(update_fields=["attempts", "delivered_at", "error"])
    return True


def _postpone(delivery: EventDelivery, *, error: Exception, now: datetime) -> None:
    delivery.attempts += 1
    minutes = min(2 ** (delivery.attempts - 1), MAX_BACKOFF_MINUTES)
    delivery.next_attempt_at = now + timedelta(minutes=minutes)
    delivery.error = type(error).__name__[:200]
    delivery.save(update_fields=["attempts", "next_attempt_at", "error"])
