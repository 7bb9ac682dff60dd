"""A citizen's history, page by page: the same cost on the first page and on the hundredth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from core_crm.common.pages import page_of
from core_crm.customers.models import TimelineEntry

LIMIT = 30
ORDER = ("-at", "-id")


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Some lines, the newest first. `before`: asks for those before them; "" when none are left."""

    entries: Sequence[TimelineEntry]
    before: str


def timeline_page(
    ids: Sequence[UUID],
    before: str = "",
    kinds: Sequence[str] | None = None,
    limit: int = LIMIT,
) -> TimelinePage:
    """One page of what happened to a citizen (`own_ids`). Raises CursorNotValid."""
    found = TimelineEntry.objects.filter(citizen__in=ids)
    if kinds is not None:
        found = found.filter(kind__in=kinds)
    page = page_of(found, order=ORDER, cursor=before, size=limit)
    return TimelinePage(page.items, page.next_cursor)


def timeline_kinds(ids: Sequence[UUID]) -> dict[str, int]:
    """How many lines of each kind there are."""
    counted = TimelineEntry.objects.filter(citizen__in=ids).order_by().values_list("kind")
    return dict(counted.annotate(times=Count("id")).order_by("kind"))


def timeline_hidden(ids: Sequence[UUID], *, about_kind: str, shown: QuerySet[Any, Any]) -> int:
    """How many lines are about things of this kind that are not among `shown` (their ids)."""
    about = TimelineEntry.objects.filter(citizen__in=ids, about_kind=about_kind)
    return about.exclude(about_id__in=shown).count()


def last_met(ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When something last happened between each of these citizens and the city."""
    met = TimelineEntry.objects.filter(citizen__in=ids).order_by().values_list("citizen")
    return dict(met.annotate(last=Max("at")))
