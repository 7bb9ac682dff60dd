"""All that is known of one citizen but their timeline: what the page of a customer shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q

from core_crm.customers.models import (
    AcquiredMember,
    Citizen,
    Consent,
    ContactPoint,
    CustomerNote,
    DatedFact,
    HouseholdMember,
    Membership,
    Participation,
    Relation,
)
from core_crm.customers.selectors.citizens import own_ids
from core_crm.customers.types import CitizenDraft


@dataclass(frozen=True, slots=True)
class CitizenCard:
    """A citizen with everything around them; of an alias whatever it was still written to.

    `household`: those who live with them, themselves left out. `relations`: what they are of
    others; `relations_to`: what others are of them. Lists have their newest first.
    """

    citizen: Citizen
    ids: tuple[UUID, ...]
    contacts: Sequence[ContactPoint]
    consents: Sequence[Consent]
    dated_facts: Sequence[DatedFact]
    household: Sequence[HouseholdMember]
    relations: Sequence[Relation]
    relations_to: Sequence[Relation]
    memberships: Sequence[Membership]
    participations: Sequence[Participation]
    acquired: Sequence[AcquiredMember]
    notes: Sequence[CustomerNote]


MOST = 50


def citizen_card(citizen: Citizen) -> CitizenCard:
    """The card, in one statement for each part (eleven in all, however much is known)."""
    ids = own_ids(citizen)
    mine = Q(citizen__in=ids)
    return CitizenCard(
        citizen=citizen,
        ids=ids,
        contacts=list(
            ContactPoint.objects.filter(mine).order_by(
                F("valid_to").desc(nulls_first=True), "-is_preferred", "-recorded_at"
            )
        ),
        consents=list(Consent.objects.filter(citizen=citizen).order_by("purpose", "channel")),
        dated_facts=list(DatedFact.objects.filter(mine).order_by("-on")),
        household=_household(ids),
        relations=list(
            Relation.objects.filter(mine).select_related("other").order_by("-valid_from", "id")
        ),
        relations_to=list(
            Relation.objects.filter(other__in=ids)
            .select_related("citizen")
            .order_by("-valid_from", "id")
        ),
        memberships=list(
            Membership.objects.filter(mine).select_related("organisation").order_by("-id")
        ),
        participations=list(
            Participation.objects.filter(mine).select_related("occasion").order_by("-on")[:MOST]
        ),
        acquired=list(
            AcquiredMember.objects.filter(mine)
            .select_related("acquired_list")
            .order_by("-acquired_list__received_on")
        ),
        notes=list(CustomerNote.objects.filter(mine).order_by("-at")[:MOST]),
    )


def _household(ids: tuple[UUID, ...]) -> list[HouseholdMember]:
    together = HouseholdMember.objects.filter(citizen__in=ids).values("household")
    found = HouseholdMember.objects.filter(household__in=together).exclude(citizen__in=ids)
    return list(found.select_related("citizen").order_by("-role", "id"))


def draft_of(citizen: Citizen) -> CitizenDraft:
    """What is known as a draft, to change parts of it: `replace(draft_of(citizen), email=…)`."""
    return CitizenDraft(
        name=citizen.name,
        phone=citizen.phone,
        email=citizen.email,
        preferred_channel=citizen.preferred_channel,
        language=citizen.language,
        birth_on=citizen.birth_on,
        sex=citizen.sex,
        postcode=citizen.postcode,
        address=citizen.address,
        address_detail=citizen.address_detail,
        district_code=citizen.district_code,
        needs=tuple(citizen.needs),
        source=citizen.source,
    )


def age_on(born: date, today: date) -> int:
    """Full years (만 나이), as the law counts since 2023-06-28."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
