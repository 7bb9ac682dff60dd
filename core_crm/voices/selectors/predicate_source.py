"""What rules may ask of voices: indicators, routing, conditions of steps and filters use it.

    source = voice_source()
    Voice.objects.filter(to_q(who, source, today=today))       # all of them
    matches(who, source, voice_row(voice), today=today)        # one, saved or not yet

Standard fields by plain names, custom fields as `field.<code>`, plugins' as `x.<plugin>.<code>`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import ExpressionWrapper, F, IntegerField, Value
from django.db.models.functions import NullIf

from core_crm.common.contributions import Added, RecordField
from core_crm.common.custom_fields import FormDefinition, predicate_fields_of, values_asked_of
from core_crm.common.predicates import (
    FieldKind,
    PersonalDataClass,
    PredicateField,
    PredicateSource,
    json_value,
)
from core_crm.extension_points import plugin_records, predicate_fields
from core_crm.voices.models import Voice
from core_crm.voices.selectors.fields import voice_form
from core_crm.voices.types.words import Outcome, PetitionClass, VoiceChannel, VoicePhase

NAME, COLUMN = "voice", "attributes"
PERSONAL = PersonalDataClass.PERSONAL


def _field(
    code: str,
    kind: FieldKind,
    ko: str,
    en: str,
    *,
    path: str = "",
    choices: tuple[str, ...] = (),
    **more: Any,
) -> PredicateField:
    return PredicateField(code, kind, path or code, ko, en, choices=choices, **more)


USED_PERCENT = ExpressionWrapper(
    (F("used_minutes") * 100 + F("allowed_minutes") - 1)
    / NullIf(F("allowed_minutes"), Value(0), output_field=IntegerField()),
    output_field=IntegerField(),
)
"""How much of the lawful time was used, rounded up: at most 50 is at most half."""

STANDARD = (
    _field("ref", FieldKind.TEXT, "접수번호", "Reference"),
    _field("title", FieldKind.TEXT, "제목", "Title", personal=PERSONAL),
    _field("category", FieldKind.TEXT, "분야", "Category", path="category__code"),
    _field("service", FieldKind.TEXT, "민원편람", "Service", path="service__code"),
    _field("petition_class", FieldKind.CHOICE, "민원 종류", "Class", choices=tuple(PetitionClass)),
    _field("is_compound", FieldKind.TRUTH, "복합민원", "Compound"),
    _field("is_joint", FieldKind.TRUTH, "여러 부서", "Joint"),
    _field("is_public", FieldKind.TRUTH, "공개", "Public"),
    _field("channel", FieldKind.CHOICE, "접수 경로", "Channel", choices=tuple(VoiceChannel)),
    _field("location", FieldKind.TEXT, "장소", "Place", personal=PERSONAL),
    _field("language", FieldKind.CHOICE, "언어", "Language", choices=("ko", "en")),
    _field("department", FieldKind.TEXT, "부서", "Department", path="department__code"),
    _field("status", FieldKind.TEXT, "상태", "State"),
    _field("phase", FieldKind.CHOICE, "표준 상태", "Phase", choices=tuple(VoicePhase)),
    _field(
        "outcome",
        FieldKind.CHOICE,
        "결과",
        "Outcome",
        choices=tuple(one for one in Outcome if one),
    ),
    _field("reopened_count", FieldKind.NUMBER, "다시 연 횟수", "Times reopened"),
    _field("received_at", FieldKind.INSTANT, "접수일시", "Received"),
    _field("due_at", FieldKind.INSTANT, "처리기한", "Due"),
    _field("answered_at", FieldKind.INSTANT, "답변", "Answered"),
    _field("closed_at", FieldKind.INSTANT, "종결", "Closed"),
    _field("allowed_minutes", FieldKind.NUMBER, "법정 처리기간(분)", "Lawful minutes"),
    _field("used_minutes", FieldKind.NUMBER, "걸린 처리기간(분)", "Minutes used"),
    _field(
        "used_percent", FieldKind.NUMBER, "쓴 처리기간(%)", "Percent used", expression=USED_PERCENT
    ),
)


def voice_source() -> PredicateSource:
    """The voices of the city being served, with its custom fields and its plugins' own."""
    return voice_source_of(voice_form())


def voice_source_of(form: FormDefinition) -> PredicateSource:
    """The same with another form, e.g. one that is being drafted."""
    fields = {field.code: field for field in STANDARD}
    fields |= predicate_fields_of(form, column=COLUMN)
    fields |= {field.code: field for field in _of_plugins()}
    return PredicateSource(NAME, fields)


def voice_row(voice: Voice) -> dict[str, Any]:
    """One voice as a row of the source. One not saved yet has nothing in plugins' records."""
    row: dict[str, Any] = {code: getattr(voice, code) for code in _PLAIN}
    return {
        **row,
        "category": voice.category_code,
        "service": voice.service_code,
        "department": voice.department.code if voice.department else "",
        "used_percent": used_percent(voice),
        **values_asked_of(voice_form(), voice.attributes),
        **_recorded(voice),
    }


_PLAIN = frozenset(
    field.code for field in STANDARD if field.expression is None and field.path == field.code
)


def used_percent(voice: Voice) -> int | None:
    """As `USED_PERCENT` works it out in the database."""
    if voice.used_minutes is None or not voice.allowed_minutes:
        return None
    return (voice.used_minutes * 100 + voice.allowed_minutes - 1) // voice.allowed_minutes


def _of_plugins() -> Iterator[PredicateField]:
    read = plugin_records.get()
    for added in predicate_fields.all() if read else ():
        if read and added.what.source == NAME:
            yield _of_plugin(
                added, json_value(read(added, row="pk"), added.what.name, _kind(added))
            )


def _of_plugin(added: Added[RecordField], expression: Any) -> PredicateField:
    what = added.what
    return PredicateField(
        code=added.code,
        kind=_kind(added),
        path="",
        label_ko=what.label_ko,
        label_en=what.label_en,
        personal=PersonalDataClass(what.personal) if what.personal else None,
        expression=expression,
    )


def _kind(added: Added[RecordField]) -> FieldKind:
    return FieldKind(added.what.type)


def _recorded(voice: Voice) -> Mapping[str, Any]:
    """What plugins keep of this voice: one query, none where no plugin keeps anything."""
    asked = {field.code: field.expression for field in _of_plugins() if field.expression}
    if not asked or voice._state.adding:
        return dict.fromkeys(asked)
    found = Voice.objects.filter(pk=voice.pk).values_list(*asked.values()).first()
    return dict(zip(asked, found or (None,) * len(asked), strict=True))
