"""A kept value of a custom field as people read it, in the open or masked by its class."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core_crm.common.custom_fields.definition import CustomField, FieldType, FormDefinition, Mask
from core_crm.common.personal_data import MASK, mask_name, mask_phone

TRUTHS = {"ko": {True: "예", False: "아니요"}, "en": {True: "Yes", False: "No"}}
HIDDEN = MASK * 4  # always as long: its length would tell something
MASKS: Mapping[Mask, Callable[[str], str]] = {
    Mask.NAME: mask_name,
    Mask.PHONE: mask_phone,
    Mask.ALL: lambda _text: HIDDEN,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A field with its value in words. `is_masked`: there is more to see, with a reason."""

    code: str
    label: str
    text: str
    is_masked: bool = False


def shown_fields(
    form: FormDefinition,
    attributes: Mapping[str, Any],
    *,
    language: str = "ko",
    is_open: bool = False,
) -> Iterator[Shown]:
    """Every field that has a value, retired ones too, as it is asked."""
    for code, field in form.ordered():
        if code in attributes:
            text = value_text(field, attributes[code], language=language, is_open=is_open)
            is_masked = not is_open and field.mask != Mask.NONE
            yield Shown(code, field.label.in_language(language), text, is_masked)


def value_text(
    field: CustomField, value: Any, *, language: str = "ko", is_open: bool = False
) -> str:
    """The value in words; masked unless it is opened."""
    text = _text(field, value, language)
    return text if is_open or field.mask == Mask.NONE else MASKS[field.mask](text)


def masked_value(field: CustomField, value: Any) -> Any:
    """The value for programs: as it is kept, or its mask."""
    return value if field.mask == Mask.NONE else MASKS[field.mask](_text(field, value, "ko"))


def _text(field: CustomField, value: Any, language: str) -> str:
    """Whatever is kept: an older form may have left something of another type."""
    if field.type == FieldType.TRUTH and isinstance(value, bool):
        return TRUTHS[language][value]
    if field.type == FieldType.NUMBER and isinstance(value, int | float):
        return f"{value:,}"
    if field.type == FieldType.DATE:
        return _day(value)
    if isinstance(value, list):
        return ", ".join(_label(field, each, language) for each in value)
    return _label(field, value, language)


def _label(field: CustomField, value: Any, language: str) -> str:
    known = field.choices.get(value) if isinstance(value, str) else None
    return known.label.in_language(language) if known else str(value)


def _day(value: Any) -> str:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return f"{day.year}. {day.month}. {day.day}."
