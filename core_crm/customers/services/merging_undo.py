"""Making two citizens of one again: exactly as they were, but for what was changed since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.customers.errors import MergeNotPossible
from core_crm.customers.models import Citizen, Consent, ContactPoint, Merge
from core_crm.customers.services.consents import consent_put_back
from core_crm.customers.services.merging_pairs import pairs_return
from core_crm.customers.services.merging_values import (
    DERIVED,
    consent_values,
    consents_kept,
    derive,
    kept,
    taken_out,
)
from core_crm.customers.types import CustomerState, MergeUndone
from core_crm.events import record


@transaction.atomic
def merge_undo(merge: Merge, *, by: Actor, now: datetime) -> Merge:
    """Both are active again with their own values, consents, contacts and pairs.

    What somebody changed after the merge stays as they changed it. Later merges of the same person
    are undone first. Raises MergeNotPossible.
    """
    row = Merge.objects.select_for_update().get(pk=merge.pk)
    found = Citizen.objects.select_for_update().filter(pk__in=[row.survivor_id, row.alias_id])
    citizens = {one.pk: one for one in found.order_by("pk")}
    survivor, alias = citizens[row.survivor_id], citizens[row.alias_id]
    _check(row, survivor, alias, now=now)
    before = row.before
    _put_back(survivor, row)
    _wake(alias)
    Citizen.objects.filter(pk__in=before["aliases"], merged_into=survivor).update(merged_into=alias)
    ContactPoint.objects.filter(pk__in=before["contacts"], citizen=survivor).delete()
    _consents_put_back(survivor, before, by=by, now=now)
    pairs_return(before["pairs"])
    row.before, row.undone_at, row.undone_by_name = {}, now, by.name[:60]
    row.save(update_fields=["before", "undone_at", "undone_by_name"])
    _tell(row, by=by, now=now)
    return row


def _check(merge: Merge, survivor: Citizen, alias: Citizen, *, now: datetime) -> None:
    if merge.undone_at is not None:
        raise MergeNotPossible("이미 되돌린 병합입니다.")
    if now >= merge.undo_until or not merge.before:
        raise MergeNotPossible("되돌릴 수 있는 30일이 지났습니다.")
    if CustomerState.ERASED in (survivor.state, alias.state):
        raise MergeNotPossible("그 사이 개인정보가 지워져 되돌릴 수 없습니다.")
    if _later(merge):
        raise MergeNotPossible("이 고객을 나중에 또 합쳤습니다. 나중 병합부터 되돌려 주세요.")


def _later(merge: Merge) -> bool:
    """Was who stayed put together with somebody after this?"""
    theirs = Q(survivor=merge.survivor_id) | Q(alias=merge.survivor_id)
    after = Q(at__gt=merge.at) | Q(at=merge.at, id__gt=merge.pk)
    return Merge.objects.filter(theirs, after, undone_at__isnull=True).exists()


def _put_back(survivor: Citizen, merge: Merge) -> None:
    """Columns that are still as the merge left them; what follows from others is made anew."""
    before, after = merge.before["survivor"], merge.before["after"]
    there = kept(survivor, after)
    mine = [name for name in after if there[name] == after[name]]
    for name in mine:
        setattr(survivor, name, taken_out(Citizen, name, before[name]))
    if len(mine) < len(after):
        derive(survivor)
    if survivor.changed_at == merge.at:
        survivor.changed_at = taken_out(Citizen, "changed_at", merge.before["changed_at"])
    _save(survivor, [*{*after, *DERIVED}, "changed_at"])


def _wake(alias: Citizen) -> None:
    alias.state, alias.merged_into = CustomerState.ACTIVE, None
    _save(alias, ["state", "merged_into"])


def _save(citizen: Citizen, names: list[str]) -> None:
    try:
        with transaction.atomic():
            citizen.save(update_fields=names)
    except IntegrityError as refused:
        if "citizen_name_contacts_once" not in str(refused):
            raise
        raise MergeNotPossible(
            "그 사이 같은 이름과 연락처의 고객이 등록되어 되돌릴 수 없습니다."
        ) from refused


def _consents_put_back(
    survivor: Citizen, before: Mapping[str, Any], *, by: Actor, now: datetime
) -> None:
    """States that are still as the merge left them."""
    present, after = consents_kept(survivor), before["consents_after"]
    for key, state in after.items():
        was = before["consents"].get(key)
        if was == state or present.get(key) != state:
            continue
        purpose, channel = key.split(".")
        consent = Consent.objects.get(citizen=survivor, purpose=purpose, channel=channel)
        values = consent_values(was) if was is not None else None
        consent_put_back(consent, values, by_name=by.name, now=now)


def _tell(merge: Merge, *, by: Actor, now: datetime) -> None:
    record(
        MergeUndone(
            survivor_id=merge.survivor_id, alias_id=merge.alias_id, merge_id=merge.pk, at=now
        )
    )
    audit_append(
        "customer.merge_undone",
        actor=by,
        subject_kind="citizen",
        subject_id=merge.survivor_id,
        now=now,
        facts={"alias": str(merge.alias_id)},
    )
