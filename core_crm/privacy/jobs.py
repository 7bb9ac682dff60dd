"""Work of the privacy room that a worker does."""

from __future__ import annotations

from django.utils import timezone

from core_crm.privacy.services import retention_run
from tenants.isolation.jobs import city_job
from tenants.isolation.queues import Queue


@city_job(name="privacy.retention", queue=Queue.BULK)
def retention() -> int:
    """Forget what was kept long enough, slice by slice. Harmless to repeat."""
    gone = sum(retention_run(now=timezone.now()).values())
    if gone:
        retention.enqueue()
    return gone
