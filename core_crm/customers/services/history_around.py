"""Taking over in bulk what stands around people: days, households, visits, consents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from core_crm.customers.models import (
    Consent,
    ConsentChange,
    DatedFact,
    Household,
    HouseholdMember,
    Occasion,
    Participation,
)
from core_crm.customers.services.consents import TWO_YEARS
from core_crm.customers.services.history import PastMoment, timeline_load
from core_crm.customers.services.occasions import ABOUT, PARTICIPATED, instant_of
from core_crm.customers.types import ADVERTISING, HouseholdRole

BATCH = 1000


@dataclass(frozen=True, slots=True)
class PastDay:
    """A day that matters for a citizen."""

    citizen_id: UUID
    kind: str
    on: date
    source: str
    basis: str


@dataclass(frozen=True, slots=True)
class PastConsent:
    """A yes or no to one purpose on one channel."""

    citizen_id: UUID
    purpose: str
    channel: str
    is_given: bool
    source: str
    at: datetime
    text_code: str = ""


def days_load(days: Iterable[PastDay], *, now: datetime) -> int:
    """Write days that matter; how many. The caller owns the transaction."""
    rows = [
        DatedFact(
            citizen_id=day.citizen_id,
            kind=day.kind,
            on=day.on,
            source=day.source,
            basis=day.basis,
            recorded_at=now,
        )
        for day in days
    ]
    return len(DatedFact.objects.bulk_create(rows, batch_size=BATCH))


def households_load(households: Iterable[tuple[str, str, Sequence[UUID]]], *, now: datetime) -> int:
    """Write households as address, district and people, the head first; how many."""
    made, members = [], []
    for address, district_code, people in households:
        household = Household(address=address, district_code=district_code, created_at=now)
        made.append(household)
        for number, citizen_id in enumerate(people):
            role = HouseholdRole.MEMBER if number else HouseholdRole.HEAD
            members.append(HouseholdMember(household=household, citizen_id=citizen_id, role=role))
    Household.objects.bulk_create(made, batch_size=BATCH)
    HouseholdMember.objects.bulk_create(members, batch_size=BATCH)
    return len(made)


def participations_load(
    occasion: Occasion, people: Iterable[tuple[UUID, date]], *, now: datetime
) -> int:
    """Write who came on which day, and their lines of history; how many."""
    came = list(people)
    rows = [
        Participation(occasion=occasion, citizen_id=citizen_id, on=on, source=occasion.source)
        for citizen_id, on in came
    ]
    Participation.objects.bulk_create(rows, batch_size=BATCH)
    return timeline_load(
        PastMoment(
            citizen_id=citizen_id,
            at=instant_of(on, now),
            kind=PARTICIPATED,
            about_kind=ABOUT,
            about_id=occasion.pk,
            summary=occasion.name,
        )
        for citizen_id, on in came
    )


def consents_load(consents: Iterable[PastConsent]) -> int:
    """Write consents with their proof; how many. Advertising is asked again after two years."""
    states, changes = [], []
    for one in consents:
        told = {
            "citizen_id": one.citizen_id,
            "purpose": one.purpose,
            "channel": one.channel,
            "is_given": one.is_given,
            "text_code": one.text_code,
            "source": one.source,
        }
        states.append(Consent(**told, since=one.at, asked_again_on=_again_on(one)))
        changes.append(ConsentChange(**told, at=one.at))
    Consent.objects.bulk_create(states, batch_size=BATCH)
    return len(ConsentChange.objects.bulk_create(changes, batch_size=BATCH))


def _again_on(consent: PastConsent) -> date | None:
    if not consent.is_given or consent.purpose not in ADVERTISING:
        return None
    return (consent.at + timedelta(days=TWO_YEARS)).date()
