"""Work for the ministry that a worker does."""

from __future__ import annotations

from django.utils import timezone

from core_crm.national_reports.services import national_refresh
from tenants.isolation.jobs import platform_job
from tenants.isolation.queues import Queue


@platform_job(name="national_reports.refresh", queue=Queue.ROLLUPS)
def refresh() -> int:
    """Publish what has changed in the cities' facts. Harmless to run twice or at once."""
    return national_refresh(now=timezone.now()).cells
