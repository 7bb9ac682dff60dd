"""Words of the form editor, and what its conditions may ask."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core_crm.common.custom_fields import (
    FieldType,
    FormDefinition,
    Mask,
    PersonalData,
    predicate_fields_of,
)
from core_crm.common.predicates import PredicateSource
from core_crm.voices.types.forms import COLUMN, KNOWN_WHILE_FILING


def type_words() -> dict[FieldType, str]:
    """What each type is called."""
    return {
        FieldType.TEXT: _("한 줄 글"),
        FieldType.LONG_TEXT: _("긴 글"),
        FieldType.NUMBER: _("수"),
        FieldType.DATE: _("날짜"),
        FieldType.CHOICE: _("하나 고르기"),
        FieldType.MULTI_CHOICE: _("여럿 고르기"),
        FieldType.TRUTH: _("예·아니요"),
    }


def class_words() -> dict[PersonalData, str]:
    """What the law calls each class."""
    return {
        PersonalData.NONE: _("개인정보 아님"),
        PersonalData.PERSONAL: _("개인정보"),
        PersonalData.SENSITIVE: _("민감정보"),
        PersonalData.UNIQUE_ID: _("고유식별정보"),
    }


def mask_words() -> dict[Mask, str]:
    """How a value is shown before it is opened with a reason."""
    return {
        Mask.NONE: _("가리지 않음"),
        Mask.NAME: _("이름처럼 (홍*동)"),
        Mask.PHONE: _("전화처럼 (010-****-1234)"),
        Mask.ALL: _("모두 (****)"),
    }


def form_source(form: FormDefinition, *, before: str | None = None) -> PredicateSource:
    """What a condition may ask: what is known by then; with `before`, of fields asked earlier."""
    known = dict(KNOWN_WHILE_FILING)
    for code, one in form.ordered():
        if code == before:
            break
        if not one.is_personal:
            known |= predicate_fields_of(form.only(code), column=COLUMN)
    return PredicateSource("form", known)
