"""Work of the staff room that a worker does."""

from __future__ import annotations

from django.utils import timezone

from core_crm.staff.services import plans_apply_due, plans_forget
from tenants.isolation.jobs import city_job


@city_job(name="staff.plans_due")
def plans_due() -> int:
    """Apply lists whose day has come; forget those nobody decided on. Harmless to run twice."""
    now = timezone.now()
    plans_forget(now=now)
    return plans_apply_due(now=now)
