"""Seal entries in batches, and find out whether any sealed one was changed since.

Chaining inside each transaction would put a city's writes in one queue; a batch a minute does not.
Whoever owns the tables could still rewrite the whole chain, so `audit_head` is meant to be noted
down elsewhere: a chain that no longer contains it was rewritten.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import transaction

from core_crm.audit.models import AuditEntry, AuditSeal
from core_crm.audit.types import SealBroken, SealHead

BATCH = 5000
FIRST = AuditSeal(number=0, digest="")


@transaction.atomic
def audit_seal(*, now: datetime) -> int:
    """Seal what has none yet, at most 5,000 entries; how many.

    One sealer at a time: a second one waits for the first at the last seal and then finds its
    number taken, which the unique number refuses; the next minute's sealer goes on.
    """
    last = AuditSeal.objects.select_for_update().order_by("-number").first() or FIRST
    waiting = AuditEntry.objects.select_for_update(skip_locked=True).filter(seal=None)
    entries = list(waiting.order_by("id")[:BATCH])
    if not entries:
        return 0
    seal = AuditSeal(number=last.number + 1, sealed_at=now, entries=len(entries))
    seal.digest = _digest(last, seal, entries)
    seal.save(force_insert=True)
    AuditEntry.objects.filter(id__in=[entry.id for entry in entries]).update(seal=seal)
    return len(entries)


def audit_verify() -> SealBroken | None:
    """Walk the chain from its start; the first seal that does not match, or None when all do."""
    before = FIRST
    for seal in AuditSeal.objects.order_by("number").iterator(chunk_size=100):
        entries = AuditEntry.objects.filter(seal=seal).order_by("id")
        if seal.number != before.number + 1 or seal.digest != _digest(before, seal, entries):
            return SealBroken(number=seal.number, sealed_at=seal.sealed_at)
        before = seal
    return None


def audit_head() -> SealHead | None:
    """The newest seal, to be noted down where nobody of the city can change it."""
    last = AuditSeal.objects.order_by("-number").first()
    return SealHead(last.number, last.digest) if last else None


def _digest(before: AuditSeal, seal: AuditSeal, entries: Iterable[AuditEntry]) -> str:
    digest = hashlib.sha256()
    for said in ([before.digest, seal.number, _instant(seal.sealed_at)], *map(_said, entries)):
        line = json.dumps(said, sort_keys=True, ensure_ascii=False)
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def _said(entry: AuditEntry) -> list[object]:
    return [
        str(entry.id), _instant(entry.at), entry.action, _id(entry.actor_id), entry.actor_name,
        entry.subject_kind, _id(entry.subject_id), entry.reason, entry.origin, entry.facts,
    ]  # fmt: skip


def _id(value: object) -> str | None:
    return None if value is None else str(value)


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()
