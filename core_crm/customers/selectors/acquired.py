"""Lists received from elsewhere: which there are, who is on one, and what its end will forget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from core_crm.customers.errors import AcquiredListNotFound
from core_crm.customers.models import AcquiredList, AcquiredMember, Citizen, Organisation
from tenants.sql import tuples

LISTS_OWN = frozenset({"contact_points", "dated_facts", "pairs_left", "pairs_right"})
"""Relations that say nothing of the customer beyond what a list brought, or were made of it."""
SNAPSHOTS = frozenset({"kept_segments"})
MEMBERS_PAGE = 50


@dataclass(frozen=True, slots=True)
class Ending:
    """What the end of a list does to its members: forgotten, or kept for what else is known."""

    members: int
    removed: int

    @property
    def kept(self) -> int:
        return self.members - self.removed


def acquired_list_get(list_id: UUID) -> AcquiredList:
    """Raises AcquiredListNotFound."""
    found = AcquiredList.objects.filter(pk=list_id).first()
    if found is None:
        raise AcquiredListNotFound("없는 입수명단입니다.", id=str(list_id))
    return found


def acquired_lists(*, has_ended: bool = False) -> QuerySet[AcquiredList]:
    """Lists in use, the soonest to expire first; or those that ended, the newest first.

    Each with `size`: how many customers are on it now.
    """
    order = ("-ended_at", "-id") if has_ended else ("expires_on", "id")
    found = AcquiredList.objects.filter(ended_at__isnull=not has_ended).order_by(*order)
    return found.annotate(size=Count("members"))


def acquired_lists_due(*, today: date) -> QuerySet[AcquiredList]:
    """Lists whose last day has passed, and those that ended and still have members."""
    has_members = Exists(AcquiredMember.objects.filter(acquired_list=OuterRef("pk")))
    is_past = Q(ended_at__isnull=True, expires_on__lt=today)
    return AcquiredList.objects.filter(
        is_past | (Q(ended_at__isnull=False) & Q(has_members))
    ).order_by("expires_on", "id")


def acquired_members(
    acquired_list: AcquiredList, *, after: UUID | None = None, limit: int = MEMBERS_PAGE
) -> list[AcquiredMember]:
    """Who is on the list, in the order in which they came; one more than `limit` if there is."""
    found = acquired_list.members.select_related("citizen", "organisation").order_by("id")
    return list((found.filter(id__gt=after) if after else found)[: limit + 1])


def acquired_ending(acquired_list: AcquiredList) -> Ending:
    """What would be forgotten if the list ended now. Changes nothing."""
    forgettable = acquired_forgettable(acquired_list).count()
    return Ending(members=acquired_list.members.count(), removed=forgettable)


def acquired_forgettable(acquired_list: AcquiredList) -> QuerySet[AcquiredMember]:
    """Members known by this list only: nothing else was ever noted of them (제21조)."""
    model, side = _side(acquired_list)
    used = Q()
    for relation in _relations(model):
        rows = relation.related_model.objects.filter(
            **{relation.field.name: OuterRef(f"{side}_id")}
        )
        if relation.related_model is AcquiredMember:
            rows = rows.exclude(acquired_list=acquired_list)
        used |= Q(Exists(rows))
    return acquired_list.members.filter(is_new=True, **{f"{side}__isnull": False}).exclude(used)


def _side(acquired_list: AcquiredList) -> tuple[Any, str]:
    if acquired_list.kind == AcquiredList.Kind.ORGANISATIONS:
        return Organisation, "organisation"
    return Citizen, "citizen"


def _relations(model: Any) -> list[Any]:
    """What points to a customer and tells of a use, in whichever room."""
    every = model._meta.get_fields(include_hidden=True)
    pointing = [one for one in every if one.auto_created and not one.concrete]
    return [one for one in pointing if one.get_accessor_name() not in LISTS_OWN | SNAPSHOTS]


def used_ids(model: Any, ids: Sequence[UUID], acquired_list_id: UUID | None) -> set[UUID]:
    """Which customers something else than a list refers to, in whichever room."""
    found: set[UUID] = set()
    for relation in _relations(model):
        table, column = relation.related_model._meta.db_table, relation.field.column
        own, params = "", list[Any]([list(ids)])
        if relation.related_model is AcquiredMember and acquired_list_id:
            own, params = " AND acquired_list_id <> %s", [list(ids), acquired_list_id]
        query = f"SELECT DISTINCT {column} FROM {table} WHERE {column} = ANY(%s){own}"  # noqa: S608
        found.update(row[0] for row in tuples(query, params))
    return found
