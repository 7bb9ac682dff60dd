"""Reactions of the surveys room to what happens below it."""

from __future__ import annotations

from django.utils import timezone

from core_crm.events import receiver
from core_crm.surveys.services import survey_invite
from core_crm.voices.types import VoiceClosed


@receiver(VoiceClosed, name="surveys.invite")
def invite(event: VoiceClosed) -> None:
    """Every closing is followed by its survey."""
    survey_invite(event, now=timezone.now())
