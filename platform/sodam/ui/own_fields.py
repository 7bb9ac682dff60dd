"""A city's custom fields as controls of a Django form, on citizens' and officials' pages alike.

The form only carries what was typed; the room reads it (`fields_given`) and says what is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from core_crm.common.custom_fields import NEEDED, CustomField, FieldType, ordered_choices

PREFIX = "own_"
LONGEST = {FieldType.TEXT: 200, FieldType.LONG_TEXT: 2000, FieldType.NUMBER: 32}
MOST_CHIPS = 8

SENTENCES = (
    gettext_noop("글로 적어 주세요."),
    gettext_noop("200자까지 적을 수 있습니다."),
    gettext_noop("2,000자까지 적을 수 있습니다."),
    gettext_noop("숫자로 적어 주세요. 예: 12 또는 3.5"),
    gettext_noop("15자리까지 적을 수 있습니다."),
    gettext_noop("날짜로 적어 주세요. 예: 2026-11-25"),
    gettext_noop("보기에서 골라 주세요."),
    gettext_noop("예나 아니요로 답해 주세요."),
)
"""What the reading of fields says (core_crm.common.custom_fields), named here to be translated."""

Fields = Iterable[tuple[str, CustomField]]


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A control on the page. `when`: under which condition it is asked, as JSON, for scripts."""

    code: str
    field: BoundField
    when: str
    is_long: bool


def add_fields(form: forms.Form, fields: Fields, *, needed_in: Mapping[str, str]) -> None:
    """Append a control for each field. `needed_in`: category -> its name, for the hints."""
    for code, one in fields:
        form.fields[PREFIX + code] = control(one, needed_in=needed_in)


def initial_of(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Kept values as the controls' initial ones."""
    words = {True: "true", False: "false"}
    return {
        PREFIX + code: words[value] if isinstance(value, bool) else value
        for code, value in attributes.items()
    }


def typed_in(form: forms.Form, fields: Fields) -> dict[str, Any]:
    """What was typed into the controls of a checked form, by the fields' codes."""
    return {code: form.cleaned_data.get(PREFIX + code) for code, _one in fields}


def tell_errors(form: forms.Form, errors: Mapping[str, str]) -> None:
    """Say beside each control what is wrong with it; a missing value names its field."""
    for code, message in errors.items():
        field = form.fields.get(PREFIX + code)
        text = _(message)
        if field is not None and message == NEEDED:
            text = _("%(what)s 항목을 채워 주세요.") % {"what": f"‘{field.label}’"}
        form.add_error(PREFIX + code if field is not None else None, text)


def lines_of(form: forms.Form, fields: Fields) -> list[OwnLine]:
    """The controls in their order, as templates draw them."""
    return [
        OwnLine(
            code=code,
            field=form[PREFIX + code],
            when=json.dumps(one.shown_when, ensure_ascii=False) if one.shown_when else "",
            is_long=one.type == FieldType.LONG_TEXT,
        )
        for code, one in fields
    ]


def control(one: CustomField, *, needed_in: Mapping[str, str]) -> forms.Field:
    """The control of one field. Required only where it is always asked and always needed."""
    language = (get_language() or "ko")[:2]
    hints = [one.hint.in_language(language)] if one.hint else []
    hints += [_needed(one, needed_in)] if one.required_for_categories else []
    made = _control(one, language, is_required=one.required and one.shown_when is None)
    made.label, made.help_text = one.label.in_language(language), " ".join(hints)
    return made


def _needed(one: CustomField, names: Mapping[str, str]) -> str:
    where = ", ".join(names.get(code, code) for code in one.required_for_categories)
    return _("분야가 %(where)s이면 꼭 적어 주세요.") % {"where": f"‘{where}’"}


def _control(one: CustomField, language: str, *, is_required: bool) -> forms.Field:
    if one.type in (FieldType.CHOICE, FieldType.TRUTH):
        return _one_of(_answers(one, language), is_required=is_required)
    if one.type == FieldType.MULTI_CHOICE:
        return forms.MultipleChoiceField(
            choices=_answers(one, language),
            widget=forms.CheckboxSelectMultiple,
            required=is_required,
        )
    if one.type == FieldType.DATE:
        return forms.CharField(
            widget=forms.DateInput({"type": "date"}), required=is_required, max_length=32
        )
    widget = forms.Textarea if one.type == FieldType.LONG_TEXT else forms.TextInput
    attrs = {"inputmode": "decimal"} if one.type == FieldType.NUMBER else {}
    return forms.CharField(widget=widget(attrs), required=is_required, max_length=LONGEST[one.type])


def _one_of(answers: list[tuple[str, str]], *, is_required: bool) -> forms.Field:
    """Chips when one must be chosen; a list, in which one may choose nothing, otherwise."""
    if is_required and len(answers) <= MOST_CHIPS:
        return forms.ChoiceField(choices=answers, widget=forms.RadioSelect)
    return forms.ChoiceField(
        choices=[("", _("고르지 않음")), *answers], widget=forms.Select, required=is_required
    )


def _answers(one: CustomField, language: str) -> list[tuple[str, str]]:
    if one.type == FieldType.TRUTH:
        return [("true", _("예")), ("false", _("아니요"))]
    offered = [each for each in ordered_choices(one) if not each[1].retired]
    return [(code, choice.label.in_language(language)) for code, choice in offered]
