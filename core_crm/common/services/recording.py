"""Record a fact in the transaction in which it became true."""

from __future__ import annotations

from django.db import connection, transaction

from core_crm.common.events import Event, receivers_of
from core_crm.common.models import EventDelivery, RecordedEvent
from tenants.isolation.jobs import job_named
from tenants.rows import insert


def record(event: Event) -> None:
    """Write the event and what is owed to its receivers. Outside a transaction: an error.

    After the commit a worker is asked to look; should nobody hear it, the sweep finds it.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Events are recorded inside a transaction.")
    recorded = RecordedEvent(kind=event.kind, payload=event.payload())
    insert(recorded)
    owed = [EventDelivery(event=recorded, receiver=one.name) for one in receivers_of(event)]
    if owed:
        insert(*owed)
        transaction.on_commit(job_named("events.relay").nudge, robust=True)
