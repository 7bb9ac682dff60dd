"""What conditions may ask of a citizen: the source `citizen`, with what the city's plugins keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q, QuerySet

from core_crm.common.districts import districts_of, neighbourhoods
from core_crm.common.predicates import (
    FieldKind,
    PersonalDataClass,
    Predicate,
    PredicateField,
    PredicateSource,
    json_value,
    to_q,
)
from core_crm.customers.models import Citizen
from core_crm.customers.selectors import predicate_expressions as worked_out
from core_crm.customers.selectors.consents import consenting
from core_crm.customers.selectors.lists import (
    ListedWord,
    dated_fact_kinds,
    need_codes,
    occasion_kinds,
)
from core_crm.customers.types import (
    ConsentPurpose,
    ContactChannel,
    CustomerState,
    MemberRole,
    Sex,
)
from core_crm.extension_points import plugin_records, predicate_fields
from tenants.context import current_city_or_none

PERSONAL, SENSITIVE = PersonalDataClass.PERSONAL, PersonalDataClass.SENSITIVE
TRUTH, NUMBER, DAY = FieldKind.TRUTH, FieldKind.NUMBER, FieldKind.DATE

COLUMNS = (
    PredicateField("is_anonymous", TRUTH, "is_anonymous", "이름을 밝히지 않음", "Anonymous"),
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
    PredicateField("source", FieldKind.TEXT, "source", "등록 경로", "Source"),
    PredicateField("is_restricted", TRUTH, "is_restricted", "처리 정지", "Processing stopped"),
    PredicateField("birth_on", DAY, "birth_on", "생년월일", "Date of birth", PERSONAL),
    PredicateField("sex", FieldKind.CHOICE, "sex", "성별", "Sex", PERSONAL, tuple(Sex)),
    PredicateField(
        "neighbourhood", FieldKind.TEXT, "district_code", "행정동 코드", "Neighbourhood", PERSONAL
    ),
)
"""What stands in a column of the citizen."""


def _contacts() -> Iterator[PredicateField]:
    """Whether there is a way to reach the citizen; never which."""
    for column, label_ko, label_en in (
        ("phone", "휴대전화가 있음", "Has a phone"),
        ("email", "이메일이 있음", "Has an email"),
        ("address", "주소가 있음", "Has an address"),
    ):
        filled, code = worked_out.is_filled(column), f"has_{column}"
        yield PredicateField(
            code, TRUTH, "", label_ko, label_en, expression=filled, holds=~Q(**{column: ""})
        )


def _person(today: date | None) -> Iterator[PredicateField]:
    """Age, district, and the needs the citizen told us of."""
    yield PredicateField(
        "age", NUMBER, "", "만 나이", "Age", PERSONAL, expression=worked_out.age(today)
    )
    yield PredicateField(
        "district",
        FieldKind.CHOICE,
        "",
        "시·군·구",
        "District",
        PERSONAL,
        choices=_districts(),
        expression=worked_out.district(),
    )
    for word in need_codes().values():
        yield PredicateField(
            f"need.{word.code}",
            TRUTH,
            "",
            f"배려 사항: {word.label_ko}",
            f"Need: {word.label_en}",
            SENSITIVE,
            expression=worked_out.has_need(word.code),
        )


def _districts() -> tuple[str, ...]:
    """Those of the city being served; where none is (a check of documents), all."""
    city = current_city_or_none()
    if city is None:
        return tuple(one.code for one in neighbourhoods() if one.district and not one.name)
    return tuple(one.code for one in districts_of(city.code))


def _history() -> Iterator[PredicateField]:
    """What happened between the citizen and the city, from the timeline."""
    voice, answers = "voice_registered", ("voice_answered", "voice_unable")
    instant = FieldKind.INSTANT
    for code, kind, label_ko, label_en, expression in (
        ("voices_count", NUMBER, "의견을 낸 횟수", "Voices filed", worked_out.times(voice)),
        ("first_voice_at", instant, "처음 의견을 낸 때", "First voice", worked_out.first_at(voice)),
        (
            "last_voice_at",
            instant,
            "마지막으로 의견을 낸 때",
            "Last voice",
            worked_out.last_at(voice),
        ),
        (
            "last_answer_at",
            instant,
            "마지막 답을 받은 때",
            "Last answer",
            worked_out.last_at(*answers),
        ),
    ):
        yield PredicateField(code, kind, "", label_ko, label_en, PERSONAL, expression=expression)


def _taking_part(today: date | None) -> Iterator[PredicateField]:
    """Visits and events, lists that others gave us, bodies the citizen acts for."""
    for code, kind, label_ko, label_en, expression in (
        ("visits_count", NUMBER, "참여 횟수", "Visits", worked_out.participations()),
        ("last_visit_on", DAY, "마지막 참여일", "Last visit", worked_out.last_participation()),
        (
            "is_acquired",
            TRUTH,
            "입수명단에 있음",
            "On an acquired list",
            worked_out.is_acquired(only=False),
        ),
        (
            "is_known_by_list_only",
            TRUTH,
            "입수명단으로만 알게 됨",
            "Known by an acquired list only",
            worked_out.is_acquired(only=True),
        ),
        (
            "acts_for_organisation",
            TRUTH,
            "법인·단체에 소속",
            "Acts for an organisation",
            worked_out.acts_for_a_body(today),
        ),
        (
            "represents_organisation",
            TRUTH,
            "법인·단체의 대표",
            "Represents an organisation",
            worked_out.acts_for_a_body(today, MemberRole.REPRESENTATIVE.value),
        ),
    ):
        yield PredicateField(code, kind, "", label_ko, label_en, PERSONAL, expression=expression)
    for word in occasion_kinds().values():
        yield PredicateField(
            f"visited.{word.code}",
            TRUTH,
            "",
            f"참여함: {word.label_ko}",
            f"Visited: {word.label_en}",
            PERSONAL,
            expression=worked_out.came_to(word.code),
        )


def _days(kinds: Iterable[ListedWord]) -> Iterator[PredicateField]:
    """Days that matter, by their codes: campaigns start from them."""
    for word in kinds:
        yield PredicateField(
            word.code,
            DAY,
            "",
            word.label_ko,
            word.label_en,
            PERSONAL,
            expression=worked_out.dated_fact(word.code),
        )


PURPOSES = {
    ConsentPurpose.SERVICE: ("서비스 안내", "service messages"),
    ConsentPurpose.SURVEY: ("설문", "surveys"),
    ConsentPurpose.MARKETING: ("광고", "advertising"),
    ConsentPurpose.MARKETING_NIGHT: ("야간 광고", "advertising at night"),
}
CHANNELS = {ContactChannel.SMS: ("문자", "text"), ContactChannel.EMAIL: ("이메일", "email")}


def _consents(today: date | None) -> Iterator[PredicateField]:
    """`consent.<purpose>.<channel>`: may one write to the citizen for this?"""
    for purpose, (purpose_ko, purpose_en) in PURPOSES.items():
        for channel, (channel_ko, channel_en) in CHANNELS.items():
            yield PredicateField(
                f"consent.{purpose}.{channel}",
                TRUTH,
                "",
                f"동의: {purpose_ko} ({channel_ko})",
                f"Agrees: {purpose_en} ({channel_en})",
                PERSONAL,
                expression=worked_out.agrees(purpose, channel, today=today),
                holds=consenting(purpose, channel, today=today) if today else None,
            )


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
                expression=json_value(reader(added, row=worked_out.ROW), field.name, kind),
            )


def citizen_source(
    *, today: date | None = None, dated_facts: Iterable[ListedWord] | None = None
) -> PredicateSource:
    """The fields that a condition on citizens may name, in the city being served.

    `today` is needed to ask rows: without it conditions can only be checked (nobody has an age or
    agrees to anything). `dated_facts`: the kinds of a list that is not in force yet.
    """
    kinds = dated_fact_kinds().values() if dated_facts is None else dated_facts
    fields = (
        *_contacts(),
        *COLUMNS,
        *_person(today),
        *_history(),
        *_taking_part(today),
        *_days(kinds),
        *_consents(today),
        *_records(),
    )
    return PredicateSource("citizen", {field.code: field for field in fields})


def citizens_matching(
    predicate: Predicate, *, today: date, source: PredicateSource | None = None
) -> QuerySet[Citizen]:
    """The citizens of whom a condition holds on this day, without aliases and the erased.

    `source`: `citizen_source(today=today)`, for who asks several things. Raises PredicateError.
    """
    fields = source or citizen_source(today=today)
    found: QuerySet[Citizen] = Citizen.objects.filter(
        to_q(predicate, fields, today=today), state=CustomerState.ACTIVE
    )
    return found
