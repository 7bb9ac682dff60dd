"""What has to be filled in before a voice may enter a state, as its workflow says."""

from __future__ import annotations

from core_crm.voices.models import Voice
from core_crm.voices.selectors.fields import voice_form
from core_crm.voices.selectors.procedure import workflow_of

OWN_FIELDS = {
    "category": "분야",
    "service": "민원편람",
    "department": "부서",
    "officer": "담당자",
    "location": "장소",
}
"""The voice's own columns that a workflow may ask for; all others are fields of the form."""


def fields_missing(voice: Voice) -> dict[str, str]:
    """Code → name of what the voice's present state asks for and nobody has filled in.

    A field that the city's form no longer has is asked for by nobody.
    """
    wanted = workflow_of(voice).state(voice.status).required_fields
    if not wanted:
        return {}
    labels = OWN_FIELDS | {
        code: field.label.ko for code, field in voice_form().fields.items() if not field.retired
    }
    return {
        code: labels[code] for code in sorted(wanted) if code in labels and _is_empty(voice, code)
    }


def _is_empty(voice: Voice, code: str) -> bool:
    value = getattr(voice, code) if code in OWN_FIELDS else voice.attributes.get(code)
    return value is None or value == "" or value == []
