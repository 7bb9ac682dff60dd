"""Voices as other programs list them: filtered, the newest first, page by page."""

from __future__ import annotations

from datetime import datetime

from core_crm.common.pages import page_of
from core_crm.voices.models import Voice
from core_crm.voices.selectors.finding import RELATED
from core_crm.voices.selectors.narrowing import narrowed
from core_crm.voices.types import Page, VoiceFilters

ORDER = ("-received_at", "-id")


def voice_list(filters: VoiceFilters, *, cursor: str = "", size: int = 50) -> Page[Voice]:
    """All voices of the city that fit, the newest first. Raises CursorNotValid."""
    fitting = {
        "phase": filters.status,
        "category__code": filters.category,
        "petition_class": filters.petition_class,
        "channel": filters.channel,
        "department__code": filters.department,
        "received_at__gte": filters.received_from,
        "received_at__lt": filters.received_before,
        "updated_at__gte": filters.updated_from,
    }
    given: dict[str, str | datetime] = {name: value for name, value in fitting.items() if value}
    found = Voice.objects.filter(**given).select_related(*RELATED).defer("search_terms")
    if filters.is_open is not None:
        found = found.filter(closed_at__isnull=filters.is_open)
    if filters.fields:
        found = found.filter(narrowed({"fields": filters.fields}))
    return page_of(found, order=ORDER, cursor=cursor, size=size)
