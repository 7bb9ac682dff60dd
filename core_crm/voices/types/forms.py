"""The document `form/voice`: custom fields, checked with what is known while they are asked.

While a voice is being written not much is known yet; `shown_when` may ask of that only.
"""

from __future__ import annotations

from typing import Any, Self

from pydantic import model_validator

from core_crm.common.custom_fields import FormDefinition, predicate_fields_of
from core_crm.common.predicates import (
    FieldKind,
    PredicateError,
    PredicateField,
    PredicateSource,
    check,
    read_predicate,
)
from core_crm.voices.types.words import PetitionClass, VoiceChannel

COLUMN = "attributes"


def _known(code: str, kind: FieldKind, ko: str, en: str, *choices: str) -> PredicateField:
    return PredicateField(code, kind, code, ko, en, choices=choices)


KNOWN_WHILE_FILING = {
    field.code: field
    for field in (
        _known("category", FieldKind.TEXT, "분야", "Category"),
        _known("service", FieldKind.TEXT, "민원편람", "Service"),
        _known("petition_class", FieldKind.CHOICE, "민원 종류", "Class", *PetitionClass),
        _known("channel", FieldKind.CHOICE, "접수 경로", "Channel", *VoiceChannel),
        _known("language", FieldKind.CHOICE, "언어", "Language", "ko", "en"),
    )
}


class VoiceForm(FormDefinition):
    """What is asked of a voice beside the standard fields."""

    @model_validator(mode="after")
    def _asks_only_of_what_is_known(self) -> Self:
        """A condition sees the choices made so far: the standard ones, and fields asked before."""
        before: dict[str, PredicateField] = dict(KNOWN_WHILE_FILING)
        for code, field in self.ordered():
            if field.shown_when is not None:
                _check(code, field.shown_when, before)
            if not field.is_personal:  # asked on a later page, with the consent
                before |= predicate_fields_of(self.only(code), column=COLUMN)
        return self


def _check(code: str, condition: Any, known: dict[str, PredicateField]) -> None:
    try:
        check(read_predicate(condition), PredicateSource("form", known))
    except PredicateError as error:
        raise ValueError(f"{code}.shown_when: {error.message}") from error
