"""Edges of the core's base."""

from __future__ import annotations

from django.utils import timezone

from core_crm.common.services.relaying import events_relay
from tenants.isolation.jobs import city_job


@city_job(name="events.relay")
def relay() -> int:
    """Deliver this city's due events."""
    return events_relay(now=timezone.now())
