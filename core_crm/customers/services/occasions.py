"""What people came to (방문·행사)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.calendars import SEOUL
from core_crm.customers.errors import CustomerKnownAlready, CustomerNotValid
from core_crm.customers.models import Citizen, Occasion, Organisation, Participation
from core_crm.customers.services import reading
from core_crm.customers.services.timeline import timeline_add
from core_crm.customers.types import ParticipationNoted
from core_crm.events import record

PARTICIPATED, ABOUT = "participated", "occasion"


@transaction.atomic
def occasion_register(
    *,
    name: str,
    kind: str,
    starts_on: date,
    ends_on: date | None = None,
    venue: str = "",
    source: str,
    by: Actor | None,
    now: datetime,
) -> Occasion:
    """Write down a visit or event. Raises CustomerNotValid, CustomerKnownAlready."""
    texts = {"name": (name, 120), "kind": (kind, 40), "source": (source, 80)}
    read = {field: reading.read_text(text, length=most) for field, (text, most) in texts.items()}
    for field, text in read.items():
        if not text:
            raise CustomerNotValid("이름, 종류, 출처를 적어 주세요.", field=field)
    last = ends_on or starts_on
    if last < starts_on:
        raise CustomerNotValid("끝나는 날이 시작일보다 앞섭니다.", field="ends_on")
    occasion = Occasion(
        **read,
        venue=reading.read_text(venue, length=120),
        starts_on=starts_on,
        ends_on=last,
        created_at=now,
    )
    try:
        with transaction.atomic():
            occasion.save()
    except IntegrityError as refused:
        raise CustomerKnownAlready("같은 방문·행사가 이미 있습니다.", field="name") from refused
    audit_append(
        "occasion.registered",
        actor=by,
        subject_kind=ABOUT,
        subject_id=occasion.id,
        now=now,
        facts={"kind": occasion.kind},
    )
    return occasion


@transaction.atomic
def participation_note(
    occasion: Occasion,
    citizen: Citizen,
    *,
    on: date,
    role: str = "",
    source: str = "",
    organisation: Organisation | None = None,
    batch_id: UUID | None = None,
    now: datetime,
) -> Participation:
    """A citizen came on a day; the same again is the same. Raises CustomerNotValid."""
    if not occasion.starts_on <= on <= occasion.ends_on:
        raise CustomerNotValid("행사 기간 안의 날짜를 적어 주세요.", field="on")
    participation, is_new = Participation.objects.get_or_create(
        occasion=occasion,
        citizen=citizen,
        on=on,
        defaults={
            "organisation": organisation,
            "role": reading.read_text(role, length=40),
            "source": reading.read_text(source, length=80) or occasion.source,
            "batch_id": batch_id,
        },
    )
    if is_new:
        timeline_add(
            citizen,
            kind=PARTICIPATED,
            about=(ABOUT, occasion.id),
            summary=occasion.name,
            at=instant_of(on, now),
        )
        record(ParticipationNoted(citizen_id=citizen.pk, occasion_id=occasion.id, on=on, at=now))
    return participation


def instant_of(on: date, now: datetime) -> datetime:
    """Noon of the day in Seoul, but never later than now."""
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=SEOUL)
    return min(noon, now)
