"""Work of the outbox that a worker does."""

from __future__ import annotations

from django.utils import timezone

from core_crm.messaging.services import messages_send_due
from tenants.isolation.jobs import city_job


@city_job(name="messaging.send_due")
def send_due() -> int:
    """Look for due messages of this city and send them. Harmless to run twice or at once."""
    return messages_send_due(now=timezone.now())
