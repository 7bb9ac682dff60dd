"""Work on files that a worker does."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from core_crm.imports.selectors import batches_moving
from core_crm.imports.services.forgetting import batches_forget
from core_crm.imports.services.running import batch_work
from tenants.isolation.jobs import city_job
from tenants.isolation.queues import Queue


@city_job(name="imports.work", queue=Queue.IMPORTS)
def work(*, batch_id: str) -> bool:
    """Take rows of a file in, or back, for a while. Harmless to run twice or at once."""
    has_more = batch_work(UUID(batch_id), now=timezone.now())
    if has_more:
        work.enqueue(batch_id=batch_id)
    return has_more


@city_job(name="imports.find_work", queue=Queue.IMPORTS)
def find_work() -> int:
    """Files that wait or stand still, after a worker died or the broker was away."""
    found = batches_moving()
    for batch_id in found:
        work.enqueue(batch_id=str(batch_id))
    return len(found)


@city_job(name="imports.forget_old", queue=Queue.BULK)
def forget_old() -> int:
    """End files that were left open, and forget what ended long ago."""
    went = batches_forget(now=timezone.now())
    if went:
        forget_old.enqueue()
    return went
