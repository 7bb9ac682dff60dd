"""What customers do when something happened elsewhere."""

from __future__ import annotations

from django.db import transaction

from core_crm.customers.jobs import duplicates_due
from core_crm.customers.services.dedupe import search_begin
from core_crm.events import receiver
from core_crm.imports.types import ImportFinished


def _brought(event: ImportFinished) -> bool:
    return event.created + event.updated > 0


@receiver(ImportFinished, name="customers.look_for_duplicates", concerns=_brought)
def look_for_duplicates(event: ImportFinished) -> None:
    """A list brings people who may be known: they are compared at once, not at night."""
    search_begin(now=event.at)
    transaction.on_commit(duplicates_due.nudge, robust=True)
