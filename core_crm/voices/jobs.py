"""Work on voices that a worker does."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from core_crm.voices.services import voices_escalate, voices_notify_progress, voices_step_due
from core_crm.voices.services.forgetting import fields_forget
from core_crm.voices.services.indexing import fields_index_slice
from tenants.isolation.jobs import city_job
from tenants.isolation.queues import Queue


@city_job(name="voices.progress_notices")
def progress_notices() -> int:
    """Write the notices of progress that are due in this city. Harmless to run twice or at once."""
    return voices_notify_progress(now=timezone.now())


@city_job(name="voices.escalate_due")
def escalate_due() -> int:
    """Have somebody else look at what this city promised and has not done. Harmless to repeat."""
    return voices_escalate(now=timezone.now())


@city_job(name="voices.step_due")
def step_due() -> int:
    """Take the steps that workflows leave to the clock. Harmless to run twice or at once."""
    return voices_step_due(now=timezone.now())


@city_job(name="voices.forget_fields", queue=Queue.BULK)
def forget_fields() -> int:
    """Clear custom fields' values that were kept long enough, slice by slice."""
    cleared = fields_forget(now=timezone.now())
    if cleared:
        forget_fields.enqueue()
    return cleared


@city_job(name="voices.index_fields", queue=Queue.IMPORTS)
def index_fields(*, after: str = "") -> int:
    """Let older voices be found by a field that became searchable, slice by slice."""
    done, last = fields_index_slice(UUID(after) if after else None)
    if last:
        index_fields.enqueue(after=str(last))
    return done
