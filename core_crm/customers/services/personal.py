"""What the customers room holds of a person, and how it forgets one: for answers and erasures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from core_crm.common.personal_holders import HeldRow, LegalHold, held_row
from core_crm.customers.models import (
    AcquiredMember,
    Citizen,
    Consent,
    ConsentChange,
    ContactPoint,
    CustomerNote,
    DatedFact,
    DuplicatePair,
    HouseholdMember,
    Membership,
    Merge,
    Participation,
    Relation,
    TimelineEntry,
    UniqueIdentifier,
)
from core_crm.customers.services.forgetting import (
    citizens_erase,
    idle_count,
    idle_forget,
    lists_count,
    lists_end,
    proofs_forget,
    proofs_over,
)
from core_crm.customers.services.identifiers import identifier_open

PROOF = "개인정보 보호법 제22조 제3항 (동의를 받은 사실의 입증)"
More = Callable[[Any], dict[str, str]]


class PersonalCustomers:
    """Citizens with all that hangs on them."""

    code, label_ko = "customers", "고객"
    subjects = frozenset({"citizens", "consents", "acquired_lists"})

    def held(self, ids: Sequence[UUID]) -> Iterator[HeldRow]:
        for kind, rows, at, more in _tables(ids):
            for row in rows:
                when = getattr(row, at) if at else None
                yield held_row(
                    row, kind, at=when, more=more(row), hidden=("terms", "sought_by", "key_id")
                )

    def holds(self, ids: Sequence[UUID]) -> list[LegalHold]:
        proofs = ConsentChange.objects.filter(citizen_id__in=ids).count()
        return [LegalHold("consents", "동의의 증거", proofs, PROOF)] if proofs else []

    def erase(self, ids: Sequence[UUID], *, now: datetime) -> int:
        return citizens_erase(ids, now=now)

    def due(self, subject: str, *, before: datetime) -> int:
        counts = {"citizens": idle_count, "consents": proofs_over, "acquired_lists": lists_count}
        return counts[subject](before)

    def purge(self, subject: str, *, before: datetime, limit: int, now: datetime) -> int:
        acts = {"citizens": idle_forget, "consents": proofs_forget, "acquired_lists": lists_end}
        return acts[subject](before, limit=limit, now=now)


def _nothing(_: Any) -> dict[str, str]:
    return {}


def _tables(ids: Sequence[UUID]) -> list[tuple[str, QuerySet[Any], str, More]]:
    """Kind, rows, the column that says when, and what their links lead to."""
    mine = Q(citizen_id__in=ids)

    def of(model: type[Model], *joined: str) -> QuerySet[Any]:
        rows: QuerySet[Any] = model._default_manager.filter(mine)
        return rows.select_related(*joined).order_by("pk") if joined else rows.order_by("pk")

    merges = Merge.objects.filter(survivor_id__in=ids)
    either = DuplicatePair.objects.filter(Q(left_id__in=ids) | Q(right_id__in=ids))
    related = Relation.objects.filter(mine | Q(other_id__in=ids))
    return [
        ("citizen", Citizen.objects.filter(pk__in=ids).order_by("pk"), "created_at", _nothing),
        ("contact", of(ContactPoint), "recorded_at", _nothing),
        ("dated_fact", of(DatedFact), "recorded_at", _nothing),
        ("identifier", of(UniqueIdentifier), "recorded_at", _locked),
        ("household", of(HouseholdMember, "household"), "", _home),
        ("relation", related.order_by("pk"), "", _nothing),
        ("membership", of(Membership, "organisation"), "", _body),
        ("participation", of(Participation, "occasion"), "", _occasion),
        ("consent", of(Consent), "since", _nothing),
        ("consent_change", of(ConsentChange), "at", _nothing),
        ("note", of(CustomerNote), "at", _nothing),
        ("acquired", of(AcquiredMember, "acquired_list"), "", _list),
        ("duplicate", either.order_by("pk"), "found_at", _nothing),
        ("merge", merges.order_by("pk"), "at", _nothing),
        ("timeline", of(TimelineEntry), "at", _nothing),
    ]


def _locked(row: UniqueIdentifier) -> dict[str, str]:
    return {"번호": identifier_open(row)}


def _home(row: HouseholdMember) -> dict[str, str]:
    home = row.household
    return {"세대 주소": f"{home.address} {home.address_detail}".strip()}


def _body(row: Membership) -> dict[str, str]:
    return {"법인·단체": row.organisation.name}


def _occasion(row: Participation) -> dict[str, str]:
    return {"방문·행사": row.occasion.name}


def _list(row: AcquiredMember) -> dict[str, str]:
    found = row.acquired_list
    return {"명단": found.name, "출처": found.source, "법적 근거": found.basis}
