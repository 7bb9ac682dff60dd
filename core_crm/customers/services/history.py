"""Taking over people and their history in bulk: a demo world, or another system's past."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from core_crm.customers.models import Citizen, TimelineEntry
from core_crm.customers.selectors.terms import terms_of
from core_crm.customers.types import ContactChannel

BATCH = 1000


@dataclass(frozen=True, slots=True)
class PastCitizen:
    """A person known before. The id is given, so that voices can name them. Phones are E.164."""

    id: UUID
    name: str
    created_at: datetime
    phone: str = ""
    email: str = ""
    language: str = "ko"
    birth_on: date | None = None
    sex: str = ""
    address: str = ""
    district_code: str = ""
    needs: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class PastMoment:
    """One line of a citizen's history."""

    citizen_id: UUID
    at: datetime
    kind: str
    about_kind: str
    about_id: UUID
    summary: str


def citizens_load(people: Iterable[PastCitizen]) -> int:
    """Write people that are not in the city yet; how many. The caller owns the transaction."""
    rows = [
        Citizen(
            id=person.id,
            name=person.name,
            phone=person.phone,
            email=person.email,
            language=person.language,
            preferred_channel=ContactChannel.SMS if person.phone else ContactChannel.EMAIL,
            is_anonymous=not (person.phone or person.email),
            birth_on=person.birth_on,
            sex=person.sex,
            address=person.address,
            district_code=person.district_code,
            needs=list(person.needs),
            source=person.source,
            terms=terms_of(person.name, person.address, person.phone),
            created_at=person.created_at,
        )
        for person in people
    ]
    return len(Citizen.objects.bulk_create(rows, batch_size=BATCH))


def timeline_load(moments: Iterable[PastMoment]) -> int:
    """Write lines of history; how many. The caller owns the transaction."""
    rows = [
        TimelineEntry(
            citizen_id=moment.citizen_id,
            at=moment.at,
            kind=moment.kind,
            about_kind=moment.about_kind,
            about_id=moment.about_id,
            summary=moment.summary[:300],
        )
        for moment in moments
    ]
    return len(TimelineEntry.objects.bulk_create(rows, batch_size=BATCH))
