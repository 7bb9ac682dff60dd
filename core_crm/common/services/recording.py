"""Record a fact in the transaction in which it became true."""

from __future__ import annotations

from django.db import connection, transaction

from core_crm.common.events import Event, receivers_of
from core_crm.common.models import EventDelivery, RecordedEvent
from tenants.isolation.jobs import job_named


def record(event: Event) -> None:
    """Write the event and what is owed to its receivers. Outside a transaction: an error.

    After the commit a worker is asked to look; should nobody hear it, the sweep finds it.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Events are recorded inside a transaction.")
    recorded = RecordedEvent.objects.create(kind=event.kind, payload=event.payload())
    owed = [
        EventDelivery(event=recorded, receiver=receiver.name)
        for receiver in receivers_of(event)
    ]
    if not owed:
        return
    EventDelivery.objects.bulk_create(owed)
    if all(entry[1] is not _nudge for entry in connection.run_on_commit):  # once is enough
        transaction.on_commit(_nudge, robust=True)


def _nudge() -> None:
    job_named("events.relay").enqueue()
