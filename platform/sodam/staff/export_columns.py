"""The columns of a list's file: its facts, the city's own fields, and what plugins add."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core_crm.common.contributions import Added, ReportColumn
from core_crm.common.custom_fields import CustomField, value_text
from core_crm.common.personal_data import mask_name
from core_crm.extension_points import report_columns
from core_crm.voices.selectors import status_label
from core_crm.voices.selectors.case_view import case_view
from core_crm.voices.selectors.fields import voice_form
from sodam.staff.labels import CHANNELS, CLASSES, STATES

Column = tuple[str, Callable[[Any], str]]


def columns_of() -> list[Column]:
    """Each with its name in the page's language, and how it is read from a voice."""
    to = (get_language() or "ko")[:2]
    return [*_standard(to), *_own(to), *_of_plugins(to)]


def _standard(to: str) -> Iterator[Column]:
    yield _("접수번호"), lambda one: one.ref
    yield _("제목"), lambda one: one.title
    yield _("상태"), lambda one: status_label(one.status, digest=one.workflow_digest, language=to)
    yield _("분류"), lambda one: _category(one.category, to)
    yield _("민원 종류"), lambda one: str(CLASSES.get(one.petition_class, one.petition_class))
    yield _("접수 경로"), lambda one: str(CHANNELS.get(one.channel, one.channel))
    yield _("시민"), lambda one: mask_name(one.citizen.name)
    yield _("부서"), lambda one: one.department.name_ko if one.department else ""
    yield _("담당자"), lambda one: one.officer.name if one.officer else ""
    yield _("접수일시"), lambda one: _moment(one.received_at)
    yield _("처리기한"), lambda one: _moment(one.due_at)
    yield _("종결일시"), lambda one: _moment(one.closed_at)
    yield _("결과"), lambda one: str(STATES[one.outcome].word) if one.outcome else ""


def _own(to: str) -> Iterator[Column]:
    for code, field in voice_form().ordered():
        yield field.label.in_language(to), partial(_own_value, code=code, field=field, to=to)


def _own_value(voice: Any, *, code: str, field: CustomField, to: str) -> str:
    """Masked as it is beside the case."""
    value = voice.attributes.get(code)
    return "" if value is None else value_text(field, value, language=to)


def _of_plugins(to: str) -> Iterator[Column]:
    for added in report_columns.all():
        label = added.what.label_en if to == "en" else added.what.label_ko
        yield label, partial(_plugin_value, added=added)


def _plugin_value(voice: Any, *, added: Added[ReportColumn]) -> str:
    value = added.what.value(case_view(voice))
    return "" if value is None else str(value)


def _category(category: Any, to: str) -> str:
    if category is None:
        return ""
    return str((to == "en" and category.label_en) or category.label_ko)


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
