"""The city's custom fields of a voice (`form/voice`), read once per edition of the document."""

from __future__ import annotations

from core_crm.common.custom_fields import FormDefinition
from core_crm.extension_points import document
from core_crm.voices.types.forms import VoiceForm

FORM = "voice"

_known: dict[str, FormDefinition] = {}


def voice_form() -> FormDefinition:
    """What the city being served asks beside the standard fields."""
    effective = document("form", FORM)
    if effective.digest not in _known:
        _known[effective.digest] = VoiceForm.model_validate(effective.body)
    return _known[effective.digest]
