"""Marking days whose facts must be computed anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from core_crm.calendars import SEOUL
from core_crm.kpis.models import DirtyDay


def days_mark(*instants: datetime | None) -> None:
    """Mark the days in Seoul of these instants. Marks are only ever added: no writer waits."""
    _mark(at.astimezone(SEOUL).date() for at in instants if at is not None)


def _mark(days: Iterable[object]) -> None:
    DirtyDay.objects.bulk_create([DirtyDay(day=day) for day in set(days)])
