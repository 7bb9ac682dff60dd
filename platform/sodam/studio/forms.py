"""`/studio/forms`: what the city asks of a voice beside the standard fields, as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core_crm.common.custom_fields import CustomField, FormDefinition
from core_crm.voices.selectors import category_list
from core_crm.voices.types.forms import VoiceForm
from customization.public import ABSENT, InForce, ground, in_force, value_at
from sodam.studio.access import StudioRequest, show, studio_page
from sodam.studio.form_words import class_words, form_source, mask_words, type_words
from sodam.studio.routing import in_words
from sodam.studio.saving import may_change
from sodam.studio.words import in_language
from sodam.ui.conditions import sentence
from sodam.ui.policy import may_frame

PLACE = ("form", "voice")
FIELDS = (*PLACE, "fields")


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field in the table. `is_own`: the standard has no such field."""

    code: str
    name: str
    kind: str
    answers: str
    needed: str
    when: str
    personal: str
    mask: str
    seen_in: list[str]
    kept: str
    is_retired: bool
    is_own: bool


@require_GET
@studio_page
def forms_page(request: StudioRequest) -> HttpResponseBase:
    """All fields in their order, beside the page that citizens fill in."""
    found = in_force()
    form = form_in(found.tree)
    facts = {
        "lines": [_line(code, one, form, found) for code, one in form.ordered()],
        "asked": len(form.asked()),
        "may_change": may_change(request),
        "place": "forms",
    }
    return may_frame(show(request, "studio/forms.html", facts))


def form_in(tree: Any) -> FormDefinition:
    """The form of a tree of documents; empty where a city has none."""
    body = value_at(tree, PLACE)
    return VoiceForm() if body is ABSENT else VoiceForm.model_validate(body)


def _line(code: str, one: CustomField, form: FormDefinition, found: InForce) -> FieldLine:
    standard = value_at(ground(found.standard_version), (*FIELDS, code))
    return FieldLine(
        code=code,
        name=one.label.in_language((get_language() or "ko")[:2]),
        kind=type_words()[one.type],
        answers=_answers(one),
        needed=_needed(one),
        when=sentence(in_words(one.shown_when), form_source(form)) if one.shown_when else "",
        personal=class_words()[one.personal_data] if one.is_personal else "",
        mask=mask_words()[one.mask] if one.is_personal else "",
        seen_in=_seen_in(one),
        kept=_kept(one),
        is_retired=one.retired,
        is_own=standard is ABSENT,
    )


def _answers(one: CustomField) -> str:
    language = (get_language() or "ko")[:2]
    return ", ".join(
        choice.label.in_language(language) for choice in one.choices.values() if not choice.retired
    )


def _needed(one: CustomField) -> str:
    if one.required:
        return _("항상")
    names = {each.code: in_language(each.label_ko, each.label_en) for each in category_list()}
    return ", ".join(names.get(code, code) for code in one.required_for_categories)


def _seen_in(one: CustomField) -> list[str]:
    places = {_("찾기"): one.searchable, _("목록"): one.in_inbox, _("연계"): one.in_api}
    return [word for word, is_there in places.items() if is_there]


def _kept(one: CustomField) -> str:
    if one.retention_days is None:
        return _("의견과 함께")
    return _("종결 뒤 %(n)s일") % {"n": one.retention_days}
