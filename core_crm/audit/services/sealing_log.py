"""Seal the access log in batches, and find out whether any sealed row was changed or removed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import transaction

from core_crm.audit.models import Disclosure, DisclosureSeal
from core_crm.audit.types import SealBroken
from tenants.sql import tuples

BATCH = 5000
FIRST = DisclosureSeal(number=0, digest="", members=[])
LATEST = timedelta(days=1)
"""Longer than any transaction lasts: a row this much older than a sealed one is sealed itself."""
_WAITING = """
SELECT d.id FROM core_audit_disclosure d WHERE d.id >= %s AND NOT EXISTS (
  SELECT 1 FROM (
    SELECT unnest(members) AS id FROM core_audit_disclosureseal WHERE newest >= %s
  ) s WHERE s.id = d.id
) ORDER BY d.id LIMIT %s
"""


@transaction.atomic
def log_seal(*, now: datetime) -> int:
    """Seal what has none yet, at most 5,000 rows; how many. Of two at once the second is refused
    by the unique number."""
    last = DisclosureSeal.objects.order_by("-number").first() or FIRST
    since = _since()
    ids = [one for (one,) in tuples(_WAITING, [since, since, BATCH])]
    if not ids:
        return 0
    seal = DisclosureSeal(number=last.number + 1, sealed_at=now, members=ids, newest=ids[-1])
    seal.digest = _digest(last, seal, _rows(ids))
    seal.save(force_insert=True)
    return len(ids)


def log_verify() -> SealBroken | None:
    """Walk the chain from its start; the first seal that does not match, or None when all do."""
    before = FIRST
    for seal in DisclosureSeal.objects.order_by("number").iterator(chunk_size=20):
        if seal.number != before.number + 1 or seal.digest != _digest(
            before, seal, _rows(seal.members)
        ):
            return SealBroken(number=seal.number, sealed_at=seal.sealed_at)
        before = seal
    return None


def _since() -> UUID:
    """The id before which everything is sealed: ids begin with their milliseconds (UUIDv7)."""
    sealed = DisclosureSeal.objects.order_by("-newest").values_list("newest", flat=True)
    newest = sealed.first()
    if newest is None:
        return UUID(int=0)
    back = int(LATEST.total_seconds() * 1000)
    return UUID(int=max((newest.int >> 80) - back, 0) << 80)


def _rows(ids: list[UUID]) -> Iterable[Disclosure]:
    return Disclosure.objects.filter(id__in=ids).order_by("id")


def _digest(before: DisclosureSeal, seal: DisclosureSeal, rows: Iterable[Disclosure]) -> str:
    digest = hashlib.sha256()
    members = [str(one) for one in seal.members]
    head = [before.digest, seal.number, _instant(seal.sealed_at), members]
    for said in (head, *map(_said, rows)):
        digest.update(json.dumps(said, ensure_ascii=False).encode() + b"\n")
    return digest.hexdigest()


def _said(row: Disclosure) -> list[object]:
    return [
        str(row.id), _instant(row.at), row.action, str(row.actor_id), row.actor_name, row.origin,
        row.subject_kind, str(row.subject_id), row.fields, row.reason, row.route,
    ]  # fmt: skip


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()
