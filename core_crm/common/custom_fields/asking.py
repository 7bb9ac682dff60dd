"""Custom fields as predicates see them.

A field is `field.<code>`; of a multiple choice each answer is one: `field.<code>.<answer>`, true or
false.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Expression

from core_crm.common.custom_fields.definition import CustomField, FieldType, FormDefinition
from core_crm.common.predicates import (
    FieldKind,
    JsonValue,
    PersonalDataClass,
    PredicateField,
    is_in_json,
    json_holds,
    json_value,
    value_in_json,
)

PREFIX = "field"
KINDS: Mapping[FieldType, FieldKind] = {
    FieldType.TEXT: FieldKind.TEXT,
    FieldType.LONG_TEXT: FieldKind.TEXT,
    FieldType.NUMBER: FieldKind.NUMBER,
    FieldType.DATE: FieldKind.DATE,
    FieldType.CHOICE: FieldKind.CHOICE,
    FieldType.TRUTH: FieldKind.TRUTH,
    FieldType.MULTI_CHOICE: FieldKind.TRUTH,
}


def predicate_fields_of(form: FormDefinition, *, column: str) -> dict[str, PredicateField]:
    """All that may be asked of a form's values, kept in the JSON column of that name."""
    found = [one for code, field in form.ordered() for one in _of_field(code, field, column)]
    return {one.code: one for one in found}


def values_asked_of(form: FormDefinition, attributes: Mapping[str, Any]) -> dict[str, JsonValue]:
    """One row's values under the same codes."""
    found: dict[str, JsonValue] = {}
    for code, field in form.fields.items():
        given = attributes.get(code)
        if field.type == FieldType.MULTI_CHOICE:
            found |= {f"{PREFIX}.{code}.{one}": is_in_json(given, one) for one in field.choices}
        else:
            found[f"{PREFIX}.{code}"] = value_in_json(given, KINDS[field.type])
    return found


def _of_field(code: str, field: CustomField, column: str) -> Iterator[PredicateField]:
    if field.type == FieldType.MULTI_CHOICE:
        for answer in field.choices:
            yield _asked(code, field, json_holds(column, code, answer), answer=answer)
    else:
        yield _asked(code, field, json_value(column, code, KINDS[field.type]))


def _asked(
    code: str, field: CustomField, expression: Expression, *, answer: str = ""
) -> PredicateField:
    return PredicateField(
        code=f"{PREFIX}.{code}.{answer}" if answer else f"{PREFIX}.{code}",
        kind=KINDS[field.type],
        path="",
        label_ko=_label(field, answer, "ko"),
        label_en=_label(field, answer, "en"),
        personal=PersonalDataClass(field.personal_data) if field.is_personal else None,
        choices=tuple(field.choices) if field.type == FieldType.CHOICE else (),
        expression=expression,
    )


def _label(field: CustomField, answer: str, language: str) -> str:
    label = field.label.in_language(language)
    return f"{label}: {field.choices[answer].label.in_language(language)}" if answer else label
