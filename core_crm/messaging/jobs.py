"""Work of the outbox that a worker does: a slice at a time, so that cities take turns."""

from __future__ import annotations

from django.utils import timezone

from core_crm.messaging.selectors import has_due
from core_crm.messaging.services import messages_send_due
from core_crm.messaging.types import Lane
from tenants.isolation.jobs import Job, city_job
from tenants.isolation.queues import Queue


@city_job(name="messaging.send_due")
def send_due() -> int:
    """Send what somebody waits for in this city. Harmless to run twice or at once."""
    return _send_slice(Lane.TRANSACTIONAL, send_due)


@city_job(name="messaging.send_bulk", queue=Queue.BULK)
def send_bulk() -> int:
    """Send what a campaign of this city writes to many. Harmless to run twice or at once."""
    return _send_slice(Lane.BULK, send_bulk)


def _send_slice(lane: Lane, job: Job) -> int:
    """While messages leave, the next slice follows; a gateway that is away is left to the sweep."""
    accepted = messages_send_due(now=timezone.now(), lane=lane)
    if accepted and has_due(lane, now=timezone.now()):
        job.enqueue()
    return accepted
