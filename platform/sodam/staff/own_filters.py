"""The city's own fields as conditions of a list: in the address as `f.<code>`, and as chips."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core_crm.common.custom_fields import (
    CustomField,
    FieldType,
    FormDefinition,
    ordered_choices,
    read_each,
    value_text,
)
from core_crm.voices.selectors.fields import inbox_form, voice_form

PREFIX = "f."
LONGEST = 64
CHOSEN = (FieldType.CHOICE, FieldType.MULTI_CHOICE, FieldType.TRUTH)

Conditions = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Chooser:
    """A list of answers above the inbox."""

    name: str
    label: str
    chosen: str
    answers: list[tuple[str, str]]


def read(given: Mapping[str, Any]) -> Conditions:
    """What an address or a kept view says of the city's fields; what makes no sense is left out."""
    fields = {code: one for code, one in voice_form().fields.items() if not one.is_personal}
    form = FormDefinition(fields=fields)
    asked = {code: str(given.get(PREFIX + code, "") or "")[:LONGEST] for code in form.fields}
    values = read_each(form, {code: text for code, text in asked.items() if text})
    return tuple((code, asked[code]) for code in asked if code in values)


def params(conditions: Conditions) -> dict[str, str]:
    return {PREFIX + code: text for code, text in conditions}


def words(conditions: Conditions) -> dict[str, str]:
    """Each condition in words, by its name in the address; a masked value is not spelled out."""
    return {PREFIX + code: _word(code, text) for code, text in conditions}


def _word(code: str, text: str) -> str:
    one, language = voice_form().fields.get(code), (get_language() or "ko")[:2]
    if one is None:
        return text
    value = read_each(voice_form(), {code: text})[code]
    return f"{one.label.in_language(language)}: {value_text(one, value, language=language)}"


def without(conditions: Conditions, name: str) -> Conditions:
    return tuple(each for each in conditions if PREFIX + each[0] != name)


def choosers(conditions: Conditions) -> list[Chooser]:
    """For every field of the list whose values are chosen from a few."""
    chosen, language = dict(conditions), (get_language() or "ko")[:2]
    return [
        Chooser(PREFIX + code, one.label.in_language(language), chosen.get(code, ""), list(answers))
        for code, one in inbox_form().ordered()
        if one.type in CHOSEN and (answers := _answers(one, language))
    ]


def _answers(one: CustomField, language: str) -> Iterable[tuple[str, str]]:
    if one.type == FieldType.TRUTH:
        return (("true", _("예")), ("false", _("아니요")))
    return [(code, choice.label.in_language(language)) for code, choice in ordered_choices(one)]
