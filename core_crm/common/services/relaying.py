"""Deliver recorded events: each reaction once, whatever else fails.

A delivery is claimed in a short transaction of its own that already sets the next attempt: a
reaction that kills its worker, or that fails only when committing, delays itself and nobody else.
A second transaction then locks the delivery, runs the reaction and marks it, all or nothing.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from core_crm.common.events import receiver_named
from core_crm.common.models import EventDelivery

log = logging.getLogger(__name__)

BATCH = 200
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 5, 3600


class NoSuchReceiver(LookupError):
    """No reaction has this name here: another version of Sodam recorded the event."""


def events_relay(*, now: datetime, limit: int = BATCH) -> int:
    """Attempt up to `limit` deliveries that are due in this city; how many were attempted.

    Any number of relays may run at once. A failed delivery is tried again after 5 s, 10 s, 20 s …
    at most an hour, as long as it takes; its last error is kept with it.
    """
    for attempted in range(limit):
        claimed = _claim(now=now)
        if claimed is None:
            return attempted
        _attempt(claimed, now=now)
    return limit


@transaction.atomic
def _claim(*, now: datetime) -> UUID | None:
    """Take the next due delivery, and set when it is tried again should this attempt vanish."""
    due = (
        EventDelivery.objects.select_for_update(skip_locked=True)
        .filter(Q(next_attempt_at=None) | Q(next_attempt_at__lte=now), delivered_at=None)
        .order_by(F("next_attempt_at").asc(nulls_first=True), "id")
        .first()
    )
    if due is None:
        return None
    due.next_attempt_at = now + timedelta(seconds=pause_seconds(due.attempts))
    due.attempts += 1
    due.save(update_fields=["next_attempt_at", "attempts"])
    return due.id


def pause_seconds(attempts: int) -> int:
    """How long to wait after an attempt that follows `attempts` earlier ones."""
    doubled: int = FIRST_PAUSE_SECONDS * 2 ** min(attempts, 12)
    return min(doubled, LONGEST_PAUSE_SECONDS)


def _attempt(delivery_id: UUID, *, now: datetime) -> None:
    try:
        _deliver(delivery_id, now=now)
    except Exception as failure:  # whatever a reaction raises is kept with its delivery
        log.exception("event_delivery_failed", extra={"delivery": str(delivery_id)})
        error = f"{type(failure).__name__} at {_place(failure)}"[:200]
        EventDelivery.objects.filter(id=delivery_id, delivered_at=None).update(error=error)


@transaction.atomic
def _deliver(delivery_id: UUID, *, now: datetime) -> None:
    delivery = (
        EventDelivery.objects.select_for_update(of=("self",))  # waits: never skips what it claimed
        .select_related("event")
        .filter(id=delivery_id, delivered_at=None)
        .first()
    )
    if delivery is None:
        return  # claimed again because this attempt was late, and delivered by the other
    receiver = receiver_named(delivery.receiver)
    if receiver is None:
        raise NoSuchReceiver(delivery.receiver)
    receiver.react(receiver.event.from_payload(delivery.event.payload))
    delivery.delivered_at, delivery.error = now, ""
    delivery.save(update_fields=["delivered_at", "error"])


def _place(failure: BaseException) -> str:
    """Module and line where it was raised. Its message is left out: it may quote a citizen."""
    trace = failure.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "?"
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
