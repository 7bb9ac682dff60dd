"""Marking days whose facts must be computed anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from core_crm.calendars import SEOUL
from core_crm.kpis.models import DirtyDay
from core_crm.surveys.models import SurveyInvitation
from core_crm.voices.models import Voice


def days_mark(days: Iterable[date]) -> None:
    """Mark these days. Marks are only ever added: no writer waits."""
    DirtyDay.objects.bulk_create([DirtyDay(day=day) for day in sorted(set(days))])


def days_mark_of(instants: Iterable[datetime | None]) -> None:
    """Mark the days in Seoul of these instants."""
    days_mark(at.astimezone(SEOUL).date() for at in instants if at is not None)


def mark_receipt(voice_id: UUID) -> None:
    """Mark the day on which a voice was received."""
    days_mark_of(Voice.objects.filter(id=voice_id).values_list("received_at", flat=True))


def mark_closing(voice_id: UUID) -> None:
    """Mark the day on which a voice was closed, if it still is."""
    days_mark_of(Voice.objects.filter(id=voice_id).values_list("closed_at", flat=True))


def mark_invitation(invitation_id: UUID) -> None:
    """Mark the day on which a citizen was asked."""
    invited = SurveyInvitation.objects.filter(id=invitation_id)
    days_mark_of(invited.values_list("recorded_at", flat=True))


def mark_all(voice_id: UUID) -> None:
    """Mark every day that tells of a voice, for what all of them tell alike: class and category."""
    mark_receipt(voice_id)
    mark_closing(voice_id)
    invited = SurveyInvitation.objects.filter(voice_id=voice_id)
    days_mark_of(invited.values_list("recorded_at", flat=True))
