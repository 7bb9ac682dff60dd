"""How many voices a city takes in, and how far the first one came that it tried out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q

from core_crm.voices.models import Voice
from core_crm.voices.selectors.finding import RELATED
from core_crm.voices.types import VoiceChannel


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


@dataclass(frozen=True, slots=True)
class VoiceUse:
    """Voices taken in: of all time, in a time, and in that time by programs."""

    total: int
    received: int
    by_programs: int


def voice_use(*, since: datetime, until: datetime) -> VoiceUse:
    """What was received in [since, until); test voices are not among them."""
    real = Voice.objects.filter(is_test=False)
    counted = real.filter(received_at__gte=since, received_at__lt=until).aggregate(
        n=Count("id"), programs=Count("id", filter=Q(channel=VoiceChannel.API))
    )
    return VoiceUse(real.count(), counted["n"], counted["programs"])
