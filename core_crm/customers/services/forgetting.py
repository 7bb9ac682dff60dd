"""Forgetting citizens: one who asked, or all who have been kept long enough (제21조, 제36조)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from core_crm.calendars import SEOUL
from core_crm.customers.models import (
    AcquiredList,
    AcquiredMember,
    Citizen,
    Consent,
    ConsentChange,
    ContactPoint,
    CustomerNote,
    DatedFact,
    DuplicatePair,
    Household,
    HouseholdMember,
    Membership,
    Merge,
    Participation,
    Relation,
    SignInCode,
    TimelineEntry,
    UniqueIdentifier,
)
from core_crm.customers.selectors.personal import NOBODY
from core_crm.customers.services.acquired import acquired_list_end
from core_crm.customers.services.consents import consents_withdraw
from core_crm.customers.types import ConsentSource, CustomerState
from tenants.sql import tuples

GOING = (
    ContactPoint,
    DatedFact,
    UniqueIdentifier,
    Relation,
    Membership,
    Participation,
    CustomerNote,
    AcquiredMember,
    SignInCode,
)
_IDLE = """
FROM core_customers_citizen c WHERE c.state = 'active'
AND coalesce(c.changed_at, c.created_at) < %s
AND NOT EXISTS (SELECT 1 FROM core_customers_timelineentry t
  WHERE t.citizen_id = c.id AND t.at >= %s)
AND NOT EXISTS (SELECT 1 FROM core_customers_timelineentry t JOIN core_customers_citizen o
  ON o.id = t.citizen_id WHERE o.merged_into_id = c.id AND t.at >= %s)
"""
_needed: dict[str, str] = {}


def still_needed_register(code: str, statement: str) -> None:
    """A room says whom it still needs: SQL over a citizen `c`, true for who may not be forgotten.

    No parameters, and no percent signs. One EXISTS each, so that it becomes one join over all.
    """
    _needed[code] = statement


@transaction.atomic
def citizens_erase(ids: Sequence[UUID], *, now: datetime) -> int:
    """Take everything personal from these citizens; their rows stay as numbers. How many rows.

    The district stays as its 시·군·구. The proof of consents stays until its own time is over.
    """
    citizens = list(Citizen.objects.select_for_update().filter(pk__in=ids))
    for one in citizens:
        if one.state == CustomerState.ACTIVE:
            consents_withdraw(one, source=ConsentSource.OFFICIAL, reason="개인정보 삭제", now=now)
    gone = sum(model._default_manager.filter(citizen_id__in=ids).delete()[0] for model in GOING)
    gone += Relation.objects.filter(other_id__in=ids).delete()[0]
    gone += Consent.objects.filter(citizen_id__in=ids).delete()[0]
    gone += DuplicatePair.objects.filter(Q(left_id__in=ids) | Q(right_id__in=ids)).delete()[0]
    gone += _leave_homes(ids)
    gone += TimelineEntry.objects.filter(citizen_id__in=ids).exclude(summary="").update(summary="")
    merges = Merge.objects.filter(Q(survivor_id__in=ids) | Q(alias_id__in=ids))
    gone += merges.update(before={}, evidence=[], chosen={}, reason="", undo_until=F("at"))
    for one in citizens:
        _blank(one, now=now)
    return gone + len(citizens)


def nobody(*, now: datetime) -> Citizen:
    """The person to whom rows belong whose person was forgotten."""
    found = Citizen.objects.filter(state=CustomerState.ERASED, source=NOBODY).first()
    return found or Citizen.objects.create(
        is_anonymous=True, state=CustomerState.ERASED, source=NOBODY, created_at=now
    )


def summaries_forget(about_kind: str, ids: Sequence[UUID]) -> int:
    """What the history says of these things; that they were stays. How many lines."""
    told = TimelineEntry.objects.filter(about_kind=about_kind, about_id__in=ids)
    return told.exclude(summary="").update(summary="")


def idle_count(before: datetime) -> int:
    """Citizens with whom nothing has happened since, and whom no room still needs."""
    return int(tuples(f"SELECT count(*) {_idle()}", [before] * 3)[0][0])


def idle_forget(before: datetime, *, limit: int, now: datetime) -> int:
    """Erase up to `limit` of them; how many."""
    statement = f"SELECT c.id {_idle()} ORDER BY c.id LIMIT %s FOR UPDATE SKIP LOCKED"
    found = [one for (one,) in tuples(statement, [before, before, before, limit])]
    aliases = Citizen.objects.filter(merged_into_id__in=found).values_list("pk", flat=True)
    citizens_erase([*found, *aliases], now=now)
    return len(found)


def proofs_over(before: datetime) -> int:
    """Proofs of consents that are no longer in force."""
    return _proofs(before).count()


def proofs_forget(before: datetime, *, limit: int, now: datetime) -> int:
    """Delete up to `limit` of them; how many."""
    found = list(_proofs(before).order_by("id").values_list("pk", flat=True)[:limit])
    return ConsentChange.objects.filter(pk__in=found).delete()[0]


def lists_count(before: datetime) -> int:
    """Acquired lists that were received before and are still used."""
    return _lists(before).count()


def lists_end(before: datetime, *, limit: int, now: datetime) -> int:
    """End them: the sweep of acquired lists forgets their members."""
    due = list(_lists(before).select_for_update(skip_locked=True)[:limit])
    for one in due:
        acquired_list_end(one, reason="보유기간이 지남", by=None, now=now)
    return len(due)


def _idle() -> str:
    needed = "".join(f" AND NOT ({each})" for _, each in sorted(_needed.items()))
    return _IDLE + needed


def _proofs(before: datetime) -> QuerySet[ConsentChange]:
    """By citizen, purpose and channel, where nothing is given any more."""
    same = {name: OuterRef(name) for name in ("citizen_id", "purpose", "channel")}
    in_force = Consent.objects.filter(is_given=True, **same)
    return ConsentChange.objects.filter(~Exists(in_force), at__lt=before)


def _lists(before: datetime) -> QuerySet[AcquiredList]:
    day = before.astimezone(SEOUL).date()
    return AcquiredList.objects.filter(ended_at=None, received_on__lt=day)


def _leave_homes(ids: Sequence[UUID]) -> int:
    """Who leaves as the last takes the address along."""
    places = HouseholdMember.objects.filter(citizen_id__in=ids)
    homes = list(places.values_list("household_id", flat=True))
    gone = places.delete()[0]
    return gone + Household.objects.filter(pk__in=homes, members=None).delete()[0]


def _blank(citizen: Citizen, *, now: datetime) -> None:
    for name in ("name", "phone", "email", "sex", "postcode", "address", "address_detail"):
        setattr(citizen, name, "")
    citizen.birth_on, citizen.needs, citizen.terms, citizen.batch_id = None, [], [], None
    if citizen.district_code:
        citizen.district_code = f"{citizen.district_code[:5]}00000"
    if citizen.state == CustomerState.ACTIVE:
        citizen.state = CustomerState.ERASED
    citizen.is_anonymous, citizen.changed_at = True, now
    citizen.save()
