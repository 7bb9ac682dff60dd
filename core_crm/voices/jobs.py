"""Work on voices that a worker does."""

from __future__ import annotations

from django.utils import timezone

from core_crm.voices.services import voices_notify_progress
from tenants.isolation.jobs import city_job


@city_job(name="voices.progress_notices")
def progress_notices() -> int:
    """Write the notices of progress that are due in this city. Harmless to run twice or at once."""
    return voices_notify_progress(now=timezone.now())
