"""What a city filed while it tried things out: how far its first test voice came."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F

from core_crm.voices.models import Voice
from core_crm.voices.selectors.finding import RELATED


@dataclass(frozen=True, slots=True)
class TriedOut:
    """How many test voices there are, and how many of them are answered or still open."""

    filed: int
    answered: int
    open: int


def tried_out() -> TriedOut:
    """Counted over the few rows of one small index."""
    closed = Voice.objects.filter(is_test=True).values_list("answered_at", "closed_at")
    lines = list(closed)
    return TriedOut(
        filed=len(lines),
        answered=sum(answered is not None for answered, _closed in lines),
        open=sum(closed is None for _answered, closed in lines),
    )


def voice_tried_out() -> Voice | None:
    """The test voice that came furthest: one that was answered, else the newest."""
    found = Voice.objects.filter(is_test=True).select_related(*RELATED).defer("search_terms")
    return found.order_by(F("answered_at").desc(nulls_last=True), "-received_at", "-id").first()


def has_answered() -> bool:
    """Was any voice of this city ever answered?"""
    return Voice.objects.filter(answered_at__isnull=False).exists()
