"""A city's custom fields on the way of a voice: what tells of a person is asked with the consent.

Page 1 asks the fields about the matter; page 2 those about a person, beside what is agreed to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core_crm.common.custom_fields import (
    CustomField,
    FormDefinition,
    Given,
    PersonalData,
    Shown,
    is_asked,
    may_be_asked,
    shown_fields,
)
from core_crm.voices.selectors.fields import asking_of, voice_form
from core_crm.voices.services.fields import fields_given
from core_crm.voices.services.routing import route_of
from sodam.citizen.choices import choices
from sodam.ui.own_fields import add_fields, tell_errors, typed_in

CHANNEL = "portal"
SETTLED = ("channel", "language")
GRAVE = (PersonalData.SENSITIVE, PersonalData.UNIQUE_ID)

Fields = list[tuple[str, CustomField]]


def language() -> str:
    return (get_language() or "ko")[:2]


def matter_fields() -> Fields:
    """What page 1 may ask: whatever tells nothing of a person and is not for the counter alone."""
    form = voice_form()
    asking = asking_of(form, channel=CHANNEL, language=language(), today=timezone.localdate())
    return [
        (code, one)
        for code, one in form.asked()
        if not one.is_personal and may_be_asked(one, asking, fixed=SETTLED)
    ]


def person_fields(category: str, attributes: Mapping[str, Any]) -> Fields:
    """What page 2 asks, after what page 1 said."""
    form, route = voice_form(), route_of(category=category)
    asking = asking_of(
        form,
        category=category,
        petition_class=route.petition_class,
        channel=CHANNEL,
        language=language(),
        today=timezone.localdate(),
    )
    return [
        (code, one)
        for code, one in form.asked()
        if one.is_personal and is_asked(one, form, attributes, asking)
    ]


def add_to(form: forms.Form, fields: Fields) -> None:
    """The controls, in the form."""
    if fields:
        add_fields(form, fields, needed_in={one.code: one.label for one in choices()})


def read(attributes: Mapping[str, Any], *, category: str, form: FormDefinition) -> Given:
    """What was entered for these fields, by the same reading that will file it."""
    return fields_given(
        attributes,
        route_of(category=category),
        channel=CHANNEL,
        language=language(),
        today=timezone.localdate(),
        form=form,
    )


def read_matter(form: forms.Form, fields: Fields) -> dict[str, Any]:
    """The values of page 1; what is wrong is told beside the controls."""
    asked = FormDefinition(fields=dict(fields))
    found = read(typed_in(form, fields), category=form.cleaned_data["category"], form=asked)
    tell_errors(form, found.errors)
    return found.values


def read_person(
    form: forms.Form, fields: Fields, *, category: str, attributes: Mapping[str, Any]
) -> dict[str, Any]:
    """The values of page 2 beside those of page 1; what is wrong is told beside the controls."""
    given = {**attributes, **typed_in(form, fields)}
    known = {code for code, _one in matter_fields()} | {code for code, _one in fields}
    kept = {code: value for code, value in given.items() if code in known}
    found = read(kept, category=category, form=voice_form())
    own = {code for code, _one in fields}
    tell_errors(form, {code: text for code, text in found.errors.items() if code in own})
    return found.values


def to_mend(attributes: Mapping[str, Any], *, category: str) -> str:
    """The page on which something is still to be entered: `voice_what`, `voice_you` or ""."""
    form = voice_form()
    errors = read(attributes, category=category, form=form).errors if form.fields else {}
    if not errors:
        return ""
    is_about_person = all(code in form.fields and form.fields[code].is_personal for code in errors)
    return "voice_you" if is_about_person else "voice_what"


def grave_words(fields: Fields) -> str:
    """The sensitive fields by name: each needs its own consent (개인정보 보호법 제23·24조)."""
    return ", ".join(_label(one) for _code, one in fields if one.personal_data in GRAVE)


def collected_words(fields: Fields) -> str:
    """What page 2 collects beside name and contact, for the notice of the consent."""
    return ", ".join(_label(one) for _code, one in fields)


def kept_personal() -> list[tuple[str, int | None]]:
    """Every personal field with the days it is kept after closing, for the privacy notice."""
    return [
        (_label(one), one.retention_days) for _code, one in voice_form().asked() if one.is_personal
    ]


def lines(attributes: Mapping[str, Any], *, is_open: bool, fields: Iterable[str]) -> list[Shown]:
    """Values in words, for the page that sums up and the one that tracks."""
    wanted = set(fields)
    shown = shown_fields(voice_form(), attributes, language=language(), is_open=is_open)
    return [one for one in shown if one.code in wanted]


def _label(one: CustomField) -> str:
    return one.label.in_language(language())


def refuse_without_consent(form: forms.Form, fields: Fields) -> None:
    """A sensitive value needs its own consent; without one it may stay empty."""
    typed = typed_in(form, [each for each in fields if each[1].personal_data in GRAVE])
    if any(typed.values()) and not form.cleaned_data.get("own_consent"):
        message = _("동의하지 않으시면 위의 민감한 항목을 비워 주세요.")
        form.add_error("own_consent", message)
