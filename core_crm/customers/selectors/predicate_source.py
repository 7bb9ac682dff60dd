"""What conditions may ask of a citizen: the source `citizen`, with what the city's plugins keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateTimeField,
    Expression,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from core_crm.common.predicates import (
    FieldKind,
    PersonalDataClass,
    Predicate,
    PredicateField,
    PredicateSource,
    json_value,
    to_q,
)
from core_crm.customers.models import Citizen, TimelineEntry
from core_crm.customers.types import ContactChannel
from core_crm.extension_points import plugin_records, predicate_fields

PERSONAL = PersonalDataClass.PERSONAL
ROW = "pk"


def _is_filled(column: str) -> Expression:
    empty = When(Q(**{column: ""}), then=Value(value=False))
    return Case(empty, default=Value(value=True), output_field=BooleanField())


def _first(order: str, *kinds: str) -> Expression:
    """When the first (`at`) or last (`-at`) of these happened to the citizen; null if never."""
    found = TimelineEntry.objects.filter(citizen=OuterRef(ROW), kind__in=kinds).order_by(order)
    at = Subquery(found.values("at")[:1], output_field=DateTimeField())
    return ExpressionWrapper(at, output_field=DateTimeField())


def _count(*kinds: str) -> Expression:
    """How often these happened to the citizen: 0 when never."""
    found = TimelineEntry.objects.filter(citizen=OuterRef(ROW), kind__in=kinds).order_by()
    counted = found.values("citizen").annotate(times=Count("id")).values("times")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


COLUMNS = (
    PredicateField(
        "is_anonymous", FieldKind.TRUTH, "is_anonymous", "이름을 밝히지 않음", "Anonymous"
    ),
    PredicateField(
        "language", FieldKind.CHOICE, "language", "언어", "Language", choices=("ko", "en")
    ),
    PredicateField(
        "preferred_channel",
        FieldKind.CHOICE,
        "preferred_channel",
        "연락 방법",
        "Preferred channel",
        choices=tuple(ContactChannel),
    ),
    PredicateField(
        "registered_at", FieldKind.INSTANT, "created_at", "처음 등록한 때", "Registered"
    ),
)
"""What stands in a column of the citizen."""


def _contacts() -> Iterator[PredicateField]:
    """Whether there is a way to reach the citizen; never which."""
    for column, label_ko, label_en in (
        ("phone", "휴대전화가 있음", "Has a phone"),
        ("email", "이메일이 있음", "Has an email"),
    ):
        filled, code = _is_filled(column), f"has_{column}"
        yield PredicateField(code, FieldKind.TRUTH, "", label_ko, label_en, expression=filled)


def _history() -> Iterator[PredicateField]:
    """What happened between the citizen and the city, from the timeline."""
    voice, answers = "voice_registered", ("voice_answered", "voice_unable")
    instant = FieldKind.INSTANT
    for code, kind, label_ko, label_en, expression in (
        ("voices_count", FieldKind.NUMBER, "의견을 낸 횟수", "Voices filed", _count(voice)),
        ("first_voice_at", instant, "처음 의견을 낸 때", "First voice", _first("at", voice)),
        ("last_voice_at", instant, "마지막으로 의견을 낸 때", "Last voice", _first("-at", voice)),
        ("last_answer_at", instant, "마지막 답을 받은 때", "Last answer", _first("-at", *answers)),
    ):
        yield PredicateField(code, kind, "", label_ko, label_en, PERSONAL, expression=expression)


def _records() -> Iterator[PredicateField]:
    """What the plugins in force here keep of citizens in records of their own."""
    reader = plugin_records.get()
    for added in predicate_fields.all() if reader else ():
        field = added.what
        if field.source == "citizen" and reader is not None:
            kind = FieldKind(field.type)
            yield PredicateField(
                added.code,
                kind,
                "",
                field.label_ko,
                field.label_en,
                PersonalDataClass(field.personal) if field.personal else None,
                expression=json_value(reader(added, row=ROW), field.name, kind),
            )


def citizen_source() -> PredicateSource:
    """The fields that a condition on citizens may name, in the city being served."""
    fields: Mapping[str, PredicateField] = {
        field.code: field for field in (*_contacts(), *COLUMNS, *_history(), *_records())
    }
    return PredicateSource("citizen", fields)


def citizens_matching(predicate: Predicate, *, today: date) -> QuerySet[Citizen]:
    """The citizens of whom a condition holds on this day. Raises PredicateError."""
    found: QuerySet[Citizen] = Citizen.objects.filter(
        to_q(predicate, citizen_source(), today=today)
    )
    return found
