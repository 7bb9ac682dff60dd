"""What happened to citizens of late, for reckoning how many messages that would have been."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from core_crm.customers.models import Citizen, TimelineEntry


def happenings_since(
    kind: str, since: datetime, *, among: QuerySet[Citizen]
) -> QuerySet[TimelineEntry]:
    """Everything of one kind from an instant on, that happened to one of these citizens."""
    is_among = Exists(among.filter(pk=OuterRef("citizen_id")))
    found: QuerySet[TimelineEntry] = TimelineEntry.objects.filter(kind=kind, at__gte=since)
    return found.filter(is_among)
