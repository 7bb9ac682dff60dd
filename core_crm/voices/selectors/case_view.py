"""A voice as plugins see it: plain values, and nothing that tells who the citizen is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core_crm.common.contributions import PREFIX, CaseView
from core_crm.voices.models import Voice
from core_crm.voices.selectors.fields import voice_form


def case_view(voice: Voice) -> CaseView:
    """The view of a voice, saved or not yet."""
    return CaseView(
        id=str(voice.id),
        ref=voice.ref,
        title=voice.title,
        status=voice.status,
        phase=voice.phase,
        petition_class=voice.petition_class,
        is_compound=voice.is_compound,
        channel=voice.channel,
        category=voice.category_code,
        service=voice.service_code,
        department=voice.department.code if voice.department else "",
        received_at=voice.received_at,
        due_at=voice.due_at,
        closed_at=voice.closed_at,
        attributes=attributes_for_plugins(voice.attributes),
    )


def attributes_for_plugins(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Custom fields that tell nothing about a person, and what plugins themselves kept."""
    fields = voice_form().fields
    own = f"{PREFIX}."
    return {
        code: value
        for code, value in attributes.items()
        if code.startswith(own) or (code in fields and not fields[code].is_personal)
    }
