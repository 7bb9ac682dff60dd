"""The document `form/voice`: conditions ask only of what is known by then."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from core_crm.voices.types.forms import VoiceForm

NAME = {"label": {"ko": "이름"}, "type": "text", "sort": 1}


def form_of(condition: dict[str, Any], **first: Any) -> VoiceForm:
    """Two fields, the second asked under a condition."""
    last = {"label": {"ko": "뒤"}, "type": "text", "sort": 2, "shown_when": condition}
    return VoiceForm.model_validate({"fields": {"first": {**NAME, **first}, "last": last}})


@pytest.mark.parametrize("field", ["field.first", "category", "service", "channel", "language"])
def test_what_is_known_by_then_may_be_asked(field: str) -> None:
    value = {"channel": "portal", "language": "ko"}.get(field, "x")
    assert form_of({"op": "eq", "field": field, "value": value}).fields["last"].shown_when


@pytest.mark.parametrize(
    ("condition", "first", "said"),
    [
        ({"op": "eq", "field": "field.last", "value": "x"}, {}, "없는 항목"),
        ({"op": "eq", "field": "field.first", "value": "x"}, {"sort": 9}, "없는 항목"),
        ({"op": "eq", "field": "phase", "value": "closed"}, {}, "없는 항목"),
        ({"op": "ge", "field": "field.first", "value": 3}, {}, "쓸 수 있는 비교"),
        ({"op": "eq", "field": "channel", "value": "pigeon"}, {}, "중 하나"),
        (
            {"op": "eq", "field": "field.first", "value": "x"},
            {"personal_data": "personal", "mask": "name"},
            "없는 항목",
        ),
        ({"whatever": 1}, {}, "last.shown_when"),
    ],
)
def test_what_is_not_is_refused_at_its_field(
    condition: dict[str, Any], first: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        form_of(condition, **first)
