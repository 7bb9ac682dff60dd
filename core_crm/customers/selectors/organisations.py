"""Reads of bodies and the people who act for them."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from core_crm.customers.errors import OccasionNotFound, OrganisationNotFound
from core_crm.customers.models import Membership, Occasion, Organisation, Participation
from core_crm.customers.types import OrganisationDraft


def organisation_get(organisation_id: UUID) -> Organisation:
    """The body with this id. Raises OrganisationNotFound."""
    found = Organisation.objects.filter(pk=organisation_id).first()
    if found is None:
        raise OrganisationNotFound("등록된 법인·단체가 아닙니다.")
    return found


def members_of(organisation: Organisation, *, today: date) -> QuerySet[Membership]:
    """Who acts for it on this day, the representative first."""
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    return (
        Membership.objects.filter(in_force, organisation=organisation)
        .select_related("citizen")
        .order_by("-role", "department", "id")
    )


def occasion_get(occasion_id: UUID) -> Occasion:
    """The occasion with this id. Raises OccasionNotFound."""
    found = Occasion.objects.filter(pk=occasion_id).first()
    if found is None:
        raise OccasionNotFound("등록된 방문·행사가 아닙니다.")
    return found


def occasion_list() -> QuerySet[Occasion]:
    """All occasions, the latest first."""
    return Occasion.objects.order_by("-starts_on", "-id")


def participants_of(occasion: Occasion) -> QuerySet[Participation]:
    """Who came, day by day."""
    return (
        Participation.objects.filter(occasion=occasion)
        .select_related("citizen", "organisation")
        .order_by("on", "id")
    )


def organisation_draft_of(organisation: Organisation) -> OrganisationDraft:
    """What is known as a draft, to change parts of it: `replace(…, phone=…)`."""
    names = (field.name for field in fields(OrganisationDraft))
    return OrganisationDraft(**{name: getattr(organisation, name) for name in names})
