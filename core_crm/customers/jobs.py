"""Work on customers that a worker does."""

from __future__ import annotations

from django.utils import timezone

from core_crm.customers.services.acquired import acquired_sweep
from core_crm.customers.services.dedupe import search_begin_if_due, search_step
from core_crm.customers.services.merging import merges_forget
from core_crm.customers.services.quality import figures_refresh
from tenants.isolation.jobs import city_job
from tenants.isolation.queues import Queue


@city_job(name="customers.acquired_due", queue=Queue.BULK)
def acquired_due() -> int:
    """Forget who is known only by a list whose last day has passed. Harmless to repeat."""
    went = acquired_sweep(now=timezone.now())
    if went:
        acquired_due.enqueue()
    return went


@city_job(name="customers.merges_over", queue=Queue.BULK)
def merges_over() -> int:
    """Empty what merges were before, 30 days after them. Harmless to repeat."""
    emptied = merges_forget(now=timezone.now())
    if emptied:
        merges_over.enqueue()
    return emptied


@city_job(name="customers.figures", queue=Queue.BULK)
def figures() -> int:
    """Count how good the data is and how many there are; the day's last count stays. Repeatable."""
    return figures_refresh(now=timezone.now())


@city_job(name="customers.duplicates_due", queue=Queue.BULK)
def duplicates_due() -> bool:
    """One slice of a search for duplicates: at night, and after a list was taken in. Repeatable."""
    search = search_begin_if_due(now=timezone.now())
    has_more = search is not None and search_step(search, now=timezone.now())
    if has_more:
        duplicates_due.enqueue()
    return has_more
