"""Asking somebody else to look, once the city's own promise for a voice is used up."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core_crm import events
from core_crm.audit.services import audit_append
from core_crm.calendars import SEOUL
from core_crm.staff.types import ROLE_LABELS_KO, Role
from core_crm.voices.models import Voice
from core_crm.voices.selectors.duties import voices_to_escalate
from core_crm.voices.selectors.targets import city_targets
from core_crm.voices.services.handling import entry_add
from core_crm.voices.types import EntryKind, VoiceEscalated

log = logging.getLogger(__name__)

BATCH = 200


def voices_escalate(*, now: datetime) -> int:
    """Write an internal note to every voice whose time has come; how many.

    Harmless to run twice or at once: a voice is asked about once a promise.
    """
    due = list(voices_to_escalate(now=now).values_list("id", flat=True)[:BATCH])
    return sum(_escalate_unless_broken(voice_id, now=now) for voice_id in due)


def _escalate_unless_broken(voice_id: UUID, *, now: datetime) -> bool:
    """One voice that cannot be noted must not keep the others back."""
    try:
        return _escalate(voice_id, now=now)
    except Exception:
        log.exception("escalation_failed", extra={"voice_id": str(voice_id)})
        return False


@transaction.atomic
def _escalate(voice_id: UUID, *, now: datetime) -> bool:
    """It changes no version: whoever is writing an answer just now is not disturbed."""
    waiting = voices_to_escalate(now=now).select_for_update(of=("self",), skip_locked=True)
    voice = waiting.filter(pk=voice_id).first()
    if voice is None:
        return False  # somebody else was faster
    Voice.objects.filter(pk=voice.pk).update(escalate_at=None)
    to = _watcher(voice)
    note = (
        f"목표 {_day(voice.target_at)}까지 끝나지 않을 수 있습니다. {ROLE_LABELS_KO[to]} 확인 요청"
    )
    entry_add(voice, kind=EntryKind.NOTE, body=note, by=None, now=now, is_public=False)
    audit_append(
        "voice.escalate",
        actor=None,
        subject_kind="voice",
        subject_id=voice.pk,
        now=now,
        facts={"to": to.value},
    )
    events.record(VoiceEscalated(voice_id=voice.pk, to=to.value))
    return True


def _watcher(voice: Voice) -> Role:
    """As the document says today; the head of a department when it says nothing any more."""
    found = city_targets().best(
        petition_class=voice.petition_class,
        category=voice.category_code,
        service=voice.service_code,
    )
    escalation = found[1].escalation if found else None
    return Role(escalation.to) if escalation else Role.HEAD


def _day(at: datetime | None) -> str:
    return f"{at.astimezone(SEOUL):%m. %d. %H:%M}" if at else ""
