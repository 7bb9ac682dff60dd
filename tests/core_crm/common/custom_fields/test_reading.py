"""Whatever is entered for a custom field: a value that can be read again, or a sentence."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from core_crm.common.custom_fields import (
    Asking,
    FieldType,
    FormDefinition,
    Given,
    Shown,
    masked_value,
    read_each,
    read_fields,
    shown_fields,
    values_asked_of,
)
from core_crm.common.predicates import PredicateSource

NOBODY = Asking(PredicateSource("form", {}), {"category": "road"}, date(2026, 11, 25))
CHOICES = {"lamp": {"label": {"ko": "가로등"}}, "road": {"label": {"ko": "길"}, "retired": True}}
ALL = FormDefinition.model_validate(
    {
        "fields": {
            kind.value: {
                "label": {"ko": kind.value},
                "type": kind.value,
                **({"choices": CHOICES} if "choice" in kind else {}),
            }
            for kind in FieldType
        }
    }
)
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.dates()
    | st.sampled_from(["lamp", "road", "가로등", "예", "2026. 2. 30.", "1e999999999", "١٢"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*FieldType]) | st.text(), ANYTHING))
@example({FieldType.DATE: "99999999999999999999-1-1"})
@example({FieldType.NUMBER: "9" * 5000})
@example({FieldType.MULTI_CHOICE: ["lamp", {"a": 1}]})
def test_anything_is_a_value_or_a_sentence(entered: dict[str, Any]) -> None:
    found = read_fields(ALL, entered, NOBODY)
    assert not set(found.values) & set(found.errors)
    assert all(message for message in found.errors.values())
    kept = json.loads(json.dumps(found.values, allow_nan=False))
    assert read_fields(ALL, kept, NOBODY) == Given(found.values, {})
    asked = values_asked_of(ALL, kept)
    assert all(asked[f"field.{code}"] is not None for code in kept if code != "multi_choice")
    assert all(isinstance(one, Shown) for one in shown_fields(ALL, kept))


@given(st.dictionaries(st.sampled_from([*FieldType]), ANYTHING))
def test_whatever_an_older_form_left_can_be_shown_and_masked(left: dict[str, Any]) -> None:
    attributes = json.loads(json.dumps(left, default=str))
    hidden = FormDefinition.model_validate(
        {"fields": {code: {**one.model_dump(), "mask": "all"} for code, one in ALL.fields.items()}}
    )
    for one in shown_fields(hidden, attributes):
        assert (one.text, one.is_masked) == ("****", True)
    for code, field in hidden.fields.items():
        assert masked_value(field, attributes.get(code)) == "****"


def test_a_retired_answer_is_offered_no_more_but_can_be_looked_for() -> None:
    assert "choice" in read_fields(ALL, {"choice": "road"}, NOBODY).errors
    assert read_each(ALL, {"choice": "road"}) == {"choice": "road"}


def test_several_answers_stand_once_in_the_order_in_which_they_are_offered() -> None:
    form = FormDefinition.model_validate(
        {
            "fields": {
                "harms": {
                    "label": {"ko": "피해"},
                    "type": "multi_choice",
                    "choices": {
                        "noise": {"label": {"ko": "소음"}, "sort": 2},
                        "dust": {"label": {"ko": "먼지"}, "sort": 1},
                    },
                }
            }
        }
    )
    for entered in (["noise", "dust", "noise"], "소음, 먼지"):
        assert read_fields(form, {"harms": entered}, NOBODY).values == {"harms": ["dust", "noise"]}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"type": "choice"}, "choices"),
        ({"type": "text", "choices": CHOICES}, "choices"),
        ({"type": "text", "personal_data": "personal"}, "mask"),
        ({"type": "text", "personal_data": "personal", "mask": "name", "searchable": True}, "찾을"),
        ({"type": "text", "personal_data": "sensitive", "mask": "all"}, "retention_days"),
        ({"type": "date", "searchable": True}, "글과 수"),
        ({"type": "text", "retention_days": 0}, "greater than or equal to 1"),
        ({"type": "text", "colour": "red"}, "colour"),
    ],
)
def test_a_field_that_cannot_be_is_refused_with_what_would_be(
    wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        FormDefinition.model_validate({"fields": {"one": {"label": {"ko": "하나"}, **wrong}}})
