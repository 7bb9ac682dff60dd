"""Voices of a list, one by one, for a file: with all they point to, and never more than fit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from core_crm.staff.models import Official
from core_crm.voices.models import Voice
from core_crm.voices.selectors.finding import RELATED
from core_crm.voices.selectors.inbox import ORDERS, inbox_query
from core_crm.voices.types import InboxFilters, InboxSort

MOST_EXPORTED = 10_000
AT_ONCE = 500


def inbox_export(
    official: Official,
    *,
    view: str,
    now: datetime,
    text: str = "",
    filters: InboxFilters | None = None,
    sort: str = InboxSort.DUE,
    most: int = MOST_EXPORTED,
) -> Iterator[Voice]:
    """The voices that this official's list holds, in its order, without their texts."""
    found = inbox_query(official, view=view, now=now, text=text, filters=filters)
    rows = found.select_related(*RELATED).defer("body", "search_terms", "due_steps")
    yield from rows.order_by(*ORDERS[InboxSort(sort)])[:most].iterator(chunk_size=AT_ONCE)


def inbox_export_size(
    official: Official,
    *,
    view: str,
    now: datetime,
    text: str = "",
    filters: InboxFilters | None = None,
) -> int:
    """How many voices that list holds."""
    return inbox_query(official, view=view, now=now, text=text, filters=filters).count()
