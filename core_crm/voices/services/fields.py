"""Custom fields of a voice as they come in: read by the city's form, and refused by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from core_crm.common.custom_fields import FormDefinition, Given, read_fields
from core_crm.voices.errors import FieldsNotValid
from core_crm.voices.models import Voice
from core_crm.voices.selectors.fields import asking_of, voice_form
from core_crm.voices.services.routing import Route
from core_crm.voices.types import VoiceChannel, VoiceDraft

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def fields_given(
    given: Mapping[str, Any],
    route: Route | Voice,
    *,
    channel: str,
    language: str,
    today: date,
    is_complete: bool = True,
    form: FormDefinition | None = None,
) -> Given:
    """What was entered for the city's fields: values to keep, and what is wrong with the others.

    `route`: category, service and class, of a draft or of a voice that is there already.
    """
    asked = voice_form() if form is None else form
    asking = asking_of(
        asked,
        category=route.category.code if route.category else "",
        service=route.service.code if route.service else "",
        petition_class=route.petition_class,
        channel=channel,
        language=language,
        today=today,
    )
    return read_fields(asked, given, asking, is_complete=is_complete)


def fields_of_draft(draft: VoiceDraft, route: Route, *, today: date) -> dict[str, Any]:
    """The values of a draft that are kept. Raises FieldsNotValid, which names each field.

    A file of another system keeps its further columns as they are, and may lack what is asked
    today. A program is neither asked for nor told of fields that are not for programs.
    """
    form, is_import = voice_form(), draft.channel == VoiceChannel.IMPORT
    if not form.fields and not draft.attributes:
        return {}
    if draft.by_program:
        form = for_programs(form)
    own = {code: value for code, value in draft.attributes.items() if code in form.fields}
    found = fields_given(
        own if is_import else draft.attributes,
        route,
        channel=draft.channel,
        language=draft.language,
        today=today,
        is_complete=not is_import,
        form=form,
    )
    refuse_wrong(found)
    further = {code: draft.attributes[code] for code in draft.attributes if code not in own}
    return found.values | (_storable(further) if is_import else {})


def for_programs(form: FormDefinition) -> FormDefinition:
    """The same form as the API knows it."""
    return FormDefinition(fields={code: one for code, one in form.fields.items() if one.in_api})


def refuse_wrong(found: Given) -> None:
    """Raise FieldsNotValid with a sentence for each field that is wrong."""
    if found.errors:
        code, first = next(iter(found.errors.items()))
        raise FieldsNotValid(
            f"덧붙인 항목 {len(found.errors)}개를 확인해 주세요. {_label(code)}: {first}",
            fields={f"attributes.{code}": message for code, message in found.errors.items()},
        )


def _label(code: str) -> str:
    field = voice_form().fields.get(code)
    return field.label.ko if field else code[:60]


def _storable(values: Mapping[str, Any]) -> dict[str, Any]:
    """Postgres keeps neither NUL nor halves of characters."""
    return {_whole(code): _kept(value) for code, value in values.items()}


def _kept(value: Any) -> Any:
    if isinstance(value, str):
        return _whole(value)
    if isinstance(value, list):
        return [_kept(each) for each in value]
    return _storable(value) if isinstance(value, dict) else value


def _whole(text: str) -> str:
    return UNSTORABLE.sub("", text)
