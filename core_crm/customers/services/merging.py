"""Putting two citizens together who are one (병합): field by field as chosen, undone for 30 days.

Nothing is moved: the alias keeps its rows and its values and is read with who stays. Further
contacts of both go on in use, consents become the strictest, open pairs follow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from core_crm.audit.services import audit_append
from core_crm.audit.types import Actor
from core_crm.customers.errors import MergeNotPossible
from core_crm.customers.models import Citizen, ContactPoint, DuplicatePair, Merge
from core_crm.customers.selectors.merges import FIELDS, LEFT, RIGHT, merged_values
from core_crm.customers.services import reading
from core_crm.customers.services.consents import consents_merge
from core_crm.customers.services.merging_pairs import pairs_follow
from core_crm.customers.services.merging_values import (
    DERIVED,
    consents_kept,
    derive,
    kept,
)
from core_crm.customers.types import CitizensMerged, ContactKind, CustomerState
from core_crm.events import record

UNDO_DAYS = 30
CONTACTS = ("phone", "email")
COLUMNS = (
    *(column for columns in FIELDS.values() for column in columns if column not in DERIVED),
    *("is_restricted", *DERIVED),
)
MOBILE = "+8210"
SOURCE = "merge"
FORGET_SLICE = 500


@transaction.atomic
def citizens_merge(
    survivor: Citizen,
    alias: Citizen,
    *,
    chosen: Mapping[str, str],
    reason: str = "",
    by: Actor,
    now: datetime,
) -> Merge:
    """Make the alias a further record of the survivor, whose values become those chosen.

    `chosen`: field -> `left` (the survivor's) or `right`; a field not named keeps the survivor's
    value, or takes the alias's where there is none. Raises MergeNotPossible.
    """
    _check_chosen(chosen)
    survivor, alias = locked(survivor, alias)
    evidence = _evidence(survivor, alias)
    before = _put_together(survivor, alias, chosen, by=by, now=now)
    merge = Merge.objects.create(
        survivor=survivor,
        alias=alias,
        chosen=dict(chosen),
        before=before,
        evidence=evidence,
        reason=reading.read_text(reason, length=300),
        by_id=by.id,
        by_name=by.name[:60],
        at=now,
        undo_until=now + timedelta(days=UNDO_DAYS),
    )
    _tell(merge, list(before["survivor"]), by=by, now=now)
    return merge


def _put_together(
    survivor: Citizen, alias: Citizen, chosen: Mapping[str, str], *, by: Actor, now: datetime
) -> dict[str, Any]:
    """Do it; what an undo needs: the values that changed, consents, contacts, aliases, pairs."""
    before = kept(survivor, [*COLUMNS, "changed_at"])
    held = {column: {getattr(survivor, column), getattr(alias, column)} for column in CONTACTS}
    consents = consents_kept(survivor)
    aliases = _become_alias(alias, survivor)
    _save(survivor, merged_values(survivor, alias, chosen), now=now)
    after = kept(survivor, COLUMNS)
    changed = [name for name in COLUMNS if before[name] != after[name]]
    consents_merge(survivor, alias, by_name=by.name, now=now)
    return {
        "survivor": {name: before[name] for name in changed},
        "after": {name: after[name] for name in changed},
        "changed_at": before["changed_at"],
        "consents": consents,
        "consents_after": consents_kept(survivor),
        "contacts": _keep_contacts(survivor, held, now=now),
        "aliases": aliases,
        "pairs": pairs_follow(survivor, alias, by=by, now=now),
    }


def locked(survivor: Citizen, alias: Citizen) -> tuple[Citizen, Citizen]:
    """Both rows as they are now, nobody else changing them. Raises MergeNotPossible."""
    found = Citizen.objects.select_for_update().filter(pk__in=[survivor.pk, alias.pk])
    rows = {row.pk: row for row in found.order_by("pk")}
    if len(rows) != 2:  # the two
        raise MergeNotPossible("서로 다른 두 고객을 골라 주세요.")
    if any(row.state != CustomerState.ACTIVE for row in rows.values()):
        raise MergeNotPossible("이미 합쳐졌거나 지워진 고객은 합칠 수 없습니다.")
    return rows[survivor.pk], rows[alias.pk]


def merges_forget(*, now: datetime) -> int:
    """Empty what merges were before, where the time to undo is over; how many, one slice."""
    over = Merge.objects.filter(undo_until__lte=now).exclude(before={}).order_by("undo_until")
    ids = list(over.values_list("pk", flat=True)[:FORGET_SLICE])
    return Merge.objects.filter(pk__in=ids).update(before={})


def _check_chosen(chosen: Mapping[str, str]) -> None:
    for field, side in chosen.items():
        if field not in FIELDS or side not in (LEFT, RIGHT):
            raise MergeNotPossible("고를 수 없는 값입니다. 다시 골라 주세요.", field=field)


def _keep_contacts(survivor: Citizen, held: Mapping[str, set[str]], *, now: datetime) -> list[str]:
    """Contacts that were not chosen go on as further ones of the survivor; the ids of the new."""
    new = []
    for column, values in held.items():
        for value in sorted(values - {"", getattr(survivor, column)}):
            contact, is_new = ContactPoint.objects.get_or_create(
                citizen=survivor,
                kind=_kind(value),
                value=value,
                defaults={"source": SOURCE, "label": "병합 전 연락처", "recorded_at": now},
            )
            new += [str(contact.pk)] if is_new else []
    return new


def _kind(value: str) -> str:
    if "@" in value:
        return ContactKind.EMAIL.value
    return (ContactKind.MOBILE if value.startswith(MOBILE) else ContactKind.HOME).value


def _become_alias(alias: Citizen, survivor: Citizen) -> list[str]:
    """Also those who were the alias's own aliases are the survivor's now: one step leads there."""
    own = Citizen.objects.filter(merged_into=alias)
    ids = [str(pk) for pk in own.order_by("pk").values_list("pk", flat=True)]
    own.update(merged_into=survivor)
    alias.state, alias.merged_into = CustomerState.MERGED, survivor
    alias.save(update_fields=["state", "merged_into"])
    return ids


def _save(survivor: Citizen, values: Mapping[str, Any], *, now: datetime) -> None:
    for name, value in values.items():
        setattr(survivor, name, value)
    derive(survivor)
    survivor.changed_at = now
    try:
        with transaction.atomic():
            survivor.save(update_fields=[*COLUMNS, "changed_at"])
    except IntegrityError as refused:
        if "citizen_name_contacts_once" not in str(refused):
            raise
        raise MergeNotPossible(
            "이렇게 고르면 또 다른 고객과 이름과 연락처가 같습니다. 그 고객과 먼저 합쳐 주세요."
        ) from refused


def _evidence(survivor: Citizen, alias: Citizen) -> Any:
    left, right = sorted([survivor.pk, alias.pk])
    pair = DuplicatePair.objects.filter(left=left, right=right).first()
    return pair.evidence if pair is not None else []


def _tell(merge: Merge, changed: Sequence[str], *, by: Actor, now: datetime) -> None:
    record(
        CitizensMerged(
            survivor_id=merge.survivor_id, alias_id=merge.alias_id, merge_id=merge.pk, at=now
        )
    )
    audit_append(
        "customer.merged",
        actor=by,
        subject_kind="citizen",
        subject_id=merge.survivor_id,
        now=now,
        facts={
            "alias": str(merge.alias_id),
            "fields": ",".join(c for c in changed if c != "terms"),
        },
    )
