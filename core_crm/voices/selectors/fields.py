"""The city's custom fields of a voice (`form/voice`), read once per edition of the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Expression, TextField
from django.db.models.functions import Cast

from core_crm.common.contributions import PREFIX
from core_crm.common.custom_fields import (
    Asking,
    FieldType,
    FormDefinition,
    masked_value,
    predicate_fields_of,
    value_text,
)
from core_crm.common.predicates import FieldKind, PredicateSource, json_value
from core_crm.extension_points import Document, Reading
from core_crm.voices.types.forms import COLUMN, KNOWN_WHILE_FILING, VoiceForm

FORM = "voice"


@dataclass(frozen=True, slots=True)
class _Forms:
    """One edition of the document: all of it, and what a list shows in its lines."""

    all: FormDefinition
    in_lists: FormDefinition


def voice_form() -> FormDefinition:
    """What the city being served asks beside the standard fields."""
    return _forms(FORM).all


def inbox_form() -> FormDefinition:
    """Of these, what a list shows in its lines."""
    return _forms(FORM).in_lists


def _read(effective: Document) -> _Forms:
    form = VoiceForm.model_validate(effective.body)
    listed = {code: one for code, one in form.asked() if one.in_inbox}
    return _Forms(form, FormDefinition(fields=listed))


_forms = Reading("form", _read)


def asking_of(
    form: FormDefinition,
    *,
    category: str = "",
    service: str = "",
    petition_class: str = "",
    channel: str = "",
    language: str = "",
    today: date,
) -> Asking:
    """What the form's conditions may ask of while a voice is being written."""
    fields = KNOWN_WHILE_FILING | predicate_fields_of(form, column=COLUMN)
    known = {
        "category": category,
        "service": service,
        "petition_class": petition_class,
        "channel": channel,
        "language": language,
    }
    return Asking(PredicateSource("form", fields), known, today)


def attributes_for_programs(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """What the API tells of them: fields that are for programs, masked; and what plugins keep."""
    fields = voice_form().fields
    own = {
        code: masked_value(fields[code], value)
        for code, value in attributes.items()
        if code in fields and fields[code].in_api
    }
    plugins = {code: value for code, value in attributes.items() if code.startswith(OF_PLUGINS)}
    return own | plugins


OF_PLUGINS = f"{PREFIX}."


def searchable_codes() -> list[str]:
    """The fields by whose words a voice is found."""
    return [code for code, field in voice_form().fields.items() if field.searchable]


def searchable_text(attributes: Mapping[str, Any]) -> str:
    """The words by which a voice's custom fields are found; never personal ones."""
    return " ".join(
        value_text(field, attributes[code])
        for code, field in voice_form().fields.items()
        if field.searchable and code in attributes
    )


def searchable_columns() -> dict[str, Expression]:
    """The same, one by one, for the exact look of a search."""
    return {
        f"field_{code}": Cast(json_value(COLUMN, code, SEARCHED[field.type]), TextField())
        for code, field in voice_form().fields.items()
        if field.searchable
    }


SEARCHED = {
    FieldType.TEXT: FieldKind.TEXT,
    FieldType.LONG_TEXT: FieldKind.TEXT,
    FieldType.NUMBER: FieldKind.NUMBER,
}
