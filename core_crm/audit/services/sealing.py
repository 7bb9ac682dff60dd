"""Seal entries in batches, and find out whether any sealed one was changed since.

Chaining inside each transaction would put a city's writes in one queue; a batch a minute does not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from core_crm.audit.models import AuditEntry, AuditSeal, AuditSealed
from core_crm.audit.types import SealBroken
from tenants.isolation.keys import city_lock

SETTLE = timedelta(seconds=30)  # longer than any transaction that may still commit an older entry
BATCH = 5000


def audit_seal(*, now: datetime) -> int:
    """Seal what is older than half a minute; how many entries. One sealer per city at a time."""
    with city_lock("audit.seal", timeout_seconds=120), transaction.atomic():
        unsealed = AuditEntry.objects.filter(sealed__isnull=True, at__lt=now - SETTLE)
        waiting = list(unsealed.order_by("at", "id")[:BATCH])
        if waiting:
            _seal(waiting, now=now)
        return len(waiting)


def _seal(entries: list[AuditEntry], *, now: datetime) -> None:
    last = AuditSeal.objects.order_by("-number").first()
    seal = AuditSeal.objects.create(
        number=last.number + 1 if last else 1,
        sealed_at=now,
        digest=_digest(last.digest if last else "", entries),
    )
    AuditSealed.objects.bulk_create([AuditSealed(entry=entry, seal=seal) for entry in entries])


def audit_verify() -> SealBroken | None:
    """Walk the chain from its start; the first seal that does not match, or None when all do."""
    before = ""
    for place, seal in enumerate(AuditSeal.objects.order_by("number"), start=1):
        entries = AuditEntry.objects.filter(sealed__seal=seal).order_by("at", "id")
        if seal.number != place or seal.digest != _digest(before, entries):
            return SealBroken(number=seal.number, sealed_at=seal.sealed_at)
        before = seal.digest
    return None


def _digest(before: str, entries: Iterable[AuditEntry]) -> str:
    digest = hashlib.sha256(before.encode())
    for entry in entries:
        digest.update(_canonical(entry).encode())
    return digest.hexdigest()


def _canonical(entry: AuditEntry) -> str:
    said = [
        entry.id, entry.at.timestamp(), entry.action, entry.actor_id, entry.actor_name,
        entry.subject_kind, entry.subject_id, entry.reason, entry.origin, entry.facts,
    ]  # fmt: skip
    return json.dumps(said, sort_keys=True, ensure_ascii=False, default=str) + "\n"
