"""Edges of the core's base."""

from __future__ import annotations

from django.utils import timezone

from core_crm.common.services import events_relay, idempotency_forget_old
from core_crm.common.services.relaying import BATCH
from tenants.isolation.jobs import city_job
from tenants.isolation.queues import Queue


@city_job(name="events.relay")
def relay() -> int:
    """Deliver this city's due events; ask to be called again while there may be more."""
    attempted = events_relay(now=timezone.now())
    if attempted == BATCH:
        relay.enqueue()
    return attempted


@city_job(name="common.forget_old", queue=Queue.BULK)
def forget_old() -> int:
    """Forget what is kept for a while only."""
    return idempotency_forget_old(now=timezone.now())
