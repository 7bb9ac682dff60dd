"""Filling in the city's own fields of a voice that is there, and forgetting them in time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from core_crm import events
from core_crm.calendars import SEOUL
from core_crm.staff.models import Official
from core_crm.staff.types import Right
from core_crm.voices.models import Voice
from core_crm.voices.selectors.fields import voice_form
from core_crm.voices.services.acting import act_finish, act_lock
from core_crm.voices.services.fields import fields_given, refuse_wrong
from core_crm.voices.services.registration import search_terms_of
from core_crm.voices.types import VoiceFilledIn

FILL_IN = "fill_in"


@transaction.atomic
def voice_fill_in(
    voice: Voice,
    *,
    values: Mapping[str, Any],
    by: Official,
    now: datetime,
    expected_version: int | None = None,
) -> Voice:
    """Fill in or correct these fields; the others stay. None empties a field.

    What is kept beside fields (of plugins, of other systems' files) stays as it is. Raises
    FieldsNotValid and what every act raises.
    """
    act = act_lock(
        voice,
        action=FILL_IN,
        by=by,
        now=now,
        right=Right.VOICE_HANDLE,
        expected_version=expected_version,
    )
    before = act.voice.attributes
    act.voice.attributes = _filled_in(act.voice, values, now=now)
    act.voice.search_terms = search_terms_of(act.voice)
    changed = _changed(before, act.voice.attributes)
    act.comment = ", ".join(_label(code) for code in changed)
    saved = act_finish(act)
    events.record(VoiceFilledIn(voice_id=saved.id, fields=changed))
    return saved


def _filled_in(voice: Voice, values: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    """All that is kept of the voice afterwards. Raises FieldsNotValid."""
    asked = {code for code, _one in voice_form().asked()}
    own = {code: value for code, value in voice.attributes.items() if code in asked}
    found = fields_given(
        {**own, **values},
        voice,
        channel=voice.channel,
        language=voice.language,
        today=now.astimezone(SEOUL).date(),
        is_complete=False,
    )
    refuse_wrong(found)
    others = {code: value for code, value in voice.attributes.items() if code not in asked}
    return others | found.values


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    codes = sorted({*before, *after})
    return tuple(code for code in codes if before.get(code) != after.get(code))


def _label(code: str) -> str:
    field = voice_form().fields.get(code)
    return field.label.ko if field else code
