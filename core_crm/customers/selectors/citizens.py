"""Reads of citizens and of their history with the city."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, QuerySet

from core_crm.customers.errors import CitizenNotFound
from core_crm.customers.models import Citizen, TimelineEntry
from core_crm.customers.types import CitizenCounts, CustomerState


def citizen_get(citizen_id: UUID) -> Citizen:
    """The citizen with this id, also one that was merged into another. Raises CitizenNotFound."""
    found = Citizen.objects.filter(pk=citizen_id).first()
    if found is None:
        raise CitizenNotFound("등록된 고객이 아닙니다.")
    return found


def own_ids(citizen: Citizen) -> tuple[UUID, ...]:
    """The citizen's id and those of all who were merged into them: whose rows are theirs."""
    found, newest = [citizen.pk], [citizen.pk]
    while newest:
        aliases = Citizen.objects.filter(merged_into__in=newest).order_by("pk")
        newest = [pk for pk in aliases.values_list("pk", flat=True) if pk not in found]
        found += newest
    return tuple(found)


def survivor_of(citizen: Citizen) -> Citizen:
    """The record that goes on, of one that was merged into it; else the same."""
    while citizen.state == CustomerState.MERGED and citizen.merged_into is not None:
        citizen = citizen.merged_into
    return citizen


def citizen_list_by_contact(*, phone: str = "", email: str = "") -> QuerySet[Citizen]:
    """Everybody with exactly this contact (E.164, lower-case e-mail): none, one, or a family."""
    found = Citizen.objects.order_by("created_at", "id")
    if phone:
        return found.filter(phone=phone)
    return found.filter(email=email) if email else found.none()


def names_of(ids: Collection[UUID]) -> dict[UUID, str]:
    """What these citizens are called; who was erased has "", who is unknown is not in it."""
    return dict(Citizen.objects.filter(pk__in=ids).values_list("pk", "name"))


def timeline_of(citizen: Citizen, *, limit: int = 50) -> list[TimelineEntry]:
    """What happened between a citizen and the city, the newest first."""
    return list(TimelineEntry.objects.filter(citizen=citizen).order_by("-at", "-id")[:limit])


def citizen_counts(citizen: Citizen) -> CitizenCounts:
    """How often a citizen met the city, in all and by kind."""
    counted = (
        TimelineEntry.objects.filter(citizen=citizen)
        .values_list("kind")
        .annotate(times=Count("id"))
        .order_by("kind")
    )
    by_kind = dict(counted)
    return CitizenCounts(total=sum(by_kind.values()), by_kind=by_kind)
