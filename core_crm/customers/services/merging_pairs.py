"""Pairs of citizens who may be one: decided on, picked by hand, and led along by a merge."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.customers.errors import MergeNotPossible
from core_crm.customers.models import Citizen, DuplicatePair
from core_crm.customers.selectors.citizens import survivor_of
from core_crm.customers.selectors.duplicates_evidence import Known, evidence_of
from core_crm.customers.types import CustomerState, EvidenceCode, PairState

TOLD = 1.0
"""Whom an official told of stands first."""


@transaction.atomic
def pair_open(one: Citizen, other: Citizen, *, by: Actor, now: datetime) -> DuplicatePair:
    """Two whom somebody wants to compare, also if they were once found to be two persons.

    Raises MergeNotPossible for one and the same, and for who was erased.
    """
    one, other = survivor_of(one), survivor_of(other)
    if one.pk == other.pk:
        raise MergeNotPossible("이미 한 고객입니다.")
    if CustomerState.ERASED in (one.state, other.state):
        raise MergeNotPossible("개인정보가 지워진 고객은 합칠 수 없습니다.")
    left, right = sorted([one.pk, other.pk])
    pair, is_new = DuplicatePair.objects.get_or_create(
        left_id=left,
        right_id=right,
        defaults={"score": TOLD, "evidence": _evidence(one, other), "found_at": now},
    )
    if not is_new and pair.state != PairState.OPEN:
        _decide(pair, PairState.OPEN, by=by, now=now)
    return pair


@transaction.atomic
def pair_dismiss(pair: DuplicatePair, *, by: Actor, now: datetime) -> DuplicatePair:
    """They are two persons: the pair is not suggested again. Raises MergeNotPossible."""
    row = DuplicatePair.objects.select_for_update().get(pk=pair.pk)
    if row.state != PairState.OPEN:
        raise MergeNotPossible("이미 판단한 중복 후보입니다.")
    return _decide(row, PairState.DISMISSED, by=by, now=now)


@transaction.atomic
def pair_reopen(pair: DuplicatePair, *, by: Actor, now: datetime) -> DuplicatePair:
    """It was decided too soon that they are two. Raises MergeNotPossible."""
    row = DuplicatePair.objects.select_for_update().get(pk=pair.pk)
    if row.state != PairState.DISMISSED:
        raise MergeNotPossible("다른 사람으로 둔 후보만 다시 볼 수 있습니다.")
    return _decide(row, PairState.OPEN, by=by, now=now)


def pairs_follow(survivor: Citizen, alias: Citizen, *, by: Actor, now: datetime) -> dict[str, Any]:
    """After a merge: theirs is decided, and others of the alias are the survivor's from now on.

    A decision that the alias and a third are two persons holds for the survivor too. Returns what
    `pairs_return` needs.
    """
    closed, added = [], []
    for pair in _pairs_of(alias):
        third = pair.right if pair.left_id == alias.pk else pair.left
        is_theirs = third.pk == survivor.pk
        is_decided = pair.state == PairState.MERGED or third.state != CustomerState.ACTIVE
        if not is_theirs and not is_decided:
            added += _copied(pair, sorted([survivor.pk, third.pk]))
        if is_theirs or pair.state == PairState.OPEN:
            closed.append(_state_of(pair))
            _set(pair, PairState.MERGED, by_name=by.name, at=now)
    return {"closed": closed, "added": added}


def pairs_return(put_away: dict[str, Any]) -> None:
    """Undo `pairs_follow`: what was closed is as it was; what was added and not decided goes."""
    for one in put_away["added"]:
        DuplicatePair.objects.filter(pk=one["id"], state=one["state"]).delete()
    for one in put_away["closed"]:
        DuplicatePair.objects.filter(pk=one["id"]).update(
            state=one["state"],
            decided_at=one["decided_at"],
            decided_by_name=one["decided_by_name"],
        )


def _pairs_of(citizen: Citizen) -> list[DuplicatePair]:
    found = DuplicatePair.objects.select_for_update(of=("self",)).order_by("id")
    theirs = found.filter(Q(left=citizen) | Q(right=citizen))
    return list(theirs.select_related("left", "right"))


def _evidence(one: Citizen, other: Citizen) -> list[dict[str, Any]]:
    """That somebody picked the two, and what their records say of each other."""
    found = evidence_of(_known(one), _known(other))
    told = [{"code": said.code, "weight": said.weight} for said in found]
    return [{"code": EvidenceCode.BY_HAND.value, "weight": 0.0}, *told]


def _known(citizen: Citizen) -> Known:
    return Known(*(getattr(citizen, name) for name in Known._fields))


def _copied(pair: DuplicatePair, ids: list[UUID]) -> list[dict[str, Any]]:
    """The same suspicion or decision of the survivor, unless there is one."""
    copy, is_new = DuplicatePair.objects.get_or_create(
        left_id=ids[0],
        right_id=ids[1],
        defaults={
            "score": pair.score,
            "evidence": pair.evidence,
            "state": pair.state,
            "found_at": pair.found_at,
            "decided_at": pair.decided_at,
            "decided_by_name": pair.decided_by_name,
        },
    )
    return [{"id": str(copy.pk), "state": copy.state}] if is_new else []


def _state_of(pair: DuplicatePair) -> dict[str, Any]:
    decided_at = pair.decided_at and pair.decided_at.isoformat()
    return {
        "id": str(pair.pk),
        "state": pair.state,
        "decided_at": decided_at,
        "decided_by_name": pair.decided_by_name,
    }


def _decide(pair: DuplicatePair, state: PairState, *, by: Actor, now: datetime) -> DuplicatePair:
    is_open = state == PairState.OPEN
    _set(pair, state, by_name="" if is_open else by.name, at=None if is_open else now)
    audit_append(
        f"customer.pair_{state}",
        actor=by,
        subject_kind="citizen",
        subject_id=pair.left_id,
        now=now,
        facts={"other": str(pair.right_id)},
    )
    return pair


def _set(pair: DuplicatePair, state: PairState, *, by_name: str, at: datetime | None) -> None:
    pair.state, pair.decided_by_name, pair.decided_at = state, by_name[:60], at
    pair.save(update_fields=["state", "decided_by_name", "decided_at"])
