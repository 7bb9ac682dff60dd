"""Forgetting values of custom fields some time after their case was closed, as the form says."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from core_crm.audit.services import audit_append
from core_crm.common.custom_fields import CustomField
from core_crm.voices.models import Voice
from core_crm.voices.selectors.fields import voice_form
from core_crm.voices.services.registration import search_terms_of
from tenants.isolation.fair import Slice

AT_ONCE = 500


def fields_forget(*, now: datetime) -> int:
    """Clear what has been kept long enough; how many values that were (개인정보 보호법 제21조).

    A retired field is forgotten too. Figures that were counted stay as they are. Works for a slice:
    call it again until it says 0. Harmless to run twice or at once.
    """
    limited = [each for each in voice_form().fields.items() if each[1].retention_days is not None]
    work = Slice()
    return sum(_forget(code, one, work, now=now) for code, one in limited)


def _forget(code: str, one: CustomField, work: Slice, *, now: datetime) -> int:
    cleared = 0
    while work.has_time() and (batch := _forget_some(code, one, now=now)):
        cleared += batch
    return cleared


@transaction.atomic
def _forget_some(code: str, one: CustomField, *, now: datetime) -> int:
    """A batch of voices and the trail of it, or nothing of both."""
    until = now - timedelta(days=one.retention_days or 0)
    old = Voice.objects.filter(closed_at__lt=until, attributes__has_key=code)
    voices = list(old.select_for_update(skip_locked=True)[:AT_ONCE])
    for voice in voices:
        voice.attributes = {name: kept for name, kept in voice.attributes.items() if name != code}
        voice.search_terms = search_terms_of(voice)
    if voices:
        Voice.objects.bulk_update(voices, ["attributes", "search_terms"])
        _remember(code, one, voices, now=now)
    return len(voices)


def _remember(code: str, one: CustomField, voices: list[Voice], *, now: datetime) -> None:
    """Which values went is told by reference, never by value."""
    audit_append(
        "voice.field_forgotten",
        actor=None,
        subject_kind="form",
        subject_id=None,
        now=now,
        facts={
            "field": code,
            "class": one.personal_data.value,
            "retention_days": one.retention_days,
            "refs": " ".join(voice.ref for voice in voices),
        },
    )
