"""Jobs of the kpis room."""

from __future__ import annotations

from django.utils import timezone

from core_crm.kpis.selectors import facts_are_dirty
from core_crm.kpis.services import facts_refresh
from tenants.isolation.jobs import city_job
from tenants.isolation.queues import Queue


@city_job(name="kpis.refresh", queue=Queue.ROLLUPS)
def refresh() -> int:
    """Compute the days that changed; how many. Nothing is written while nothing changed."""
    return facts_refresh(now=timezone.now()).days if facts_are_dirty() else 0
