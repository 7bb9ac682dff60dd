"""Asking the citizen how a closing was: once per closing, by a signed link."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from core_crm import events
from core_crm.calendars import SEOUL
from core_crm.messaging.types import Purpose
from core_crm.staff.models import Department
from core_crm.staff.selectors import department_by_code, official_get
from core_crm.surveys.models import SurveyInvitation
from core_crm.surveys.selectors.tokens import survey_url, token_digest, token_new
from core_crm.surveys.types import SurveyInvited
from core_crm.voices.selectors import voice_get
from core_crm.voices.services import notice_queue
from core_crm.voices.services.act import Act
from core_crm.voices.services.wording import day_in_words
from core_crm.voices.types import Outcome, VoiceClosed
from core_crm.workflows import RequestedAction

TEMPLATE = "survey_invitation"
OPEN_DAYS = 14
SURVEYED = (Outcome.ANSWERED, Outcome.UNABLE)
"""A citizen who took the voice back, or was passed on, has no handling of ours to rate."""


@transaction.atomic
def survey_invite(event: VoiceClosed, *, now: datetime) -> SurveyInvitation | None:
    """Record the invitation and write its message, both or neither; None when nothing is asked.

    The same closing again changes nothing. Somebody without a contact is invited without a message:
    their tracking page asks.
    """
    if event.outcome not in SURVEYED:
        return None
    known = SurveyInvitation.objects.filter(
        voice_id=event.voice_id, closing_no=event.closing_no
    ).first()
    return known or _invite(event, now=now)


def survey_invite_by_step(act: Act, _asked: RequestedAction) -> None:
    """`invite_survey`: a step of the workflow asks how it was, before the closing does."""
    voice = act.voice
    event = VoiceClosed(
        voice_id=voice.id,
        ref=voice.ref,
        outcome=voice.outcome,
        closing_no=voice.closing_no,
        department_code=voice.department.code if voice.department else "",
        officer_id=voice.officer_id,
    )
    survey_invite(event, now=act.now)


def _invite(event: VoiceClosed, *, now: datetime) -> SurveyInvitation:
    voice, token = voice_get(event.voice_id), token_new()
    closes_at = now + timedelta(days=OPEN_DAYS)
    key = notice_queue(
        voice,
        template=TEMPLATE,
        key=f"survey:{event.closing_no}",
        purpose=Purpose.SERVICE_INFO,
        now=now,
        context={
            "survey_url": survey_url(token, language=voice.language),
            "closes_on": day_in_words(closes_at.astimezone(SEOUL).date(), language=voice.language),
        },
    )
    invitation = SurveyInvitation.objects.create(
        voice_id=voice.id,
        ref=voice.ref,
        closing_no=event.closing_no,
        department=_department(event),
        officer=official_get(event.officer_id) if event.officer_id else None,
        citizen=voice.citizen,
        token_digest=token_digest(token),
        recorded_at=now,
        closes_at=closes_at,
        message_key=key,
    )
    events.record(SurveyInvited(invitation.id, voice.id, event.closing_no))
    return invitation


def _department(event: VoiceClosed) -> Department | None:
    """Who closed it, as the event says: the voice may have been reopened and passed on since."""
    return department_by_code(event.department_code) if event.department_code else None
