"""All that is known of one body: what its page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from core_crm.customers.models import (
    AcquiredMember,
    ContactPoint,
    CustomerNote,
    Membership,
    Organisation,
    Participation,
)
from core_crm.customers.selectors.organisations import members_of

MOST = 50


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """A body with everything around it. `former`: who acted for it once; newest first."""

    organisation: Organisation
    contacts: Sequence[ContactPoint]
    members: Sequence[Membership]
    former: Sequence[Membership]
    participations: Sequence[Participation]
    acquired: Sequence[AcquiredMember]
    notes: Sequence[CustomerNote]


def organisation_card(organisation: Organisation, *, today: date) -> OrganisationCard:
    """The card, in one statement for each part (six in all, however much is known)."""
    mine = Q(organisation=organisation)
    over = Membership.objects.filter(mine, valid_to__lt=today).select_related("citizen")
    came = Participation.objects.filter(mine).select_related("occasion", "citizen")
    return OrganisationCard(
        organisation=organisation,
        contacts=list(
            ContactPoint.objects.filter(mine).order_by(
                F("valid_to").desc(nulls_first=True), "-is_preferred", "-recorded_at"
            )
        ),
        members=list(members_of(organisation, today=today)),
        former=list(over.order_by("-valid_to", "id")[:MOST]),
        participations=list(came.order_by("-on", "-id")[:MOST]),
        acquired=list(
            AcquiredMember.objects.filter(mine)
            .select_related("acquired_list")
            .order_by("-acquired_list__received_on")
        ),
        notes=list(CustomerNote.objects.filter(mine).order_by("-at")[:MOST]),
    )
