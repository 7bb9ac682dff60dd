"""The same request twice has one effect and gets the same answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from core_crm.common.errors import IdempotencyKeyReused
from core_crm.common.models import IdempotencyRecord
from core_crm.common.types import Answered, Json
from tenants.rows import find, insert, update

KEPT_DAYS = 30


def idempotent(key: str, *, scope: str, request_hash: str, make: Callable[[], Json]) -> Answered:
    """Do `make` once for this key of this scope (who asks, and what for), and keep its answer.

    Everything `make` writes commits together with the answer; if it raises, nothing is kept and
    the request may come again. A request in the meantime waits and gets the first one's answer.
    Raises IdempotencyKeyReused when the key came with another `request_hash`.

    The key goes to the database ahead of the first thing `make` asks there. When it is known, that
    fails and the kept answer is looked up: the first request, nearly always, does not pay for it.
    """
    try:
        return Answered(_first(key, scope, request_hash, make), is_replay=False)
    except Exception:
        kept = find(IdempotencyRecord, "scope = %s AND key = %s", [scope, key])
        if not kept:
            raise
    if kept[0].request_hash != request_hash:
        raise IdempotencyKeyReused(
            "같은 Idempotency-Key를 다른 요청에 다시 쓸 수 없습니다.", scope=scope
        )
    return Answered(kept[0].answer, is_replay=True)


@transaction.atomic
def _first(key: str, scope: str, request_hash: str, make: Callable[[], Json]) -> Json:
    mine = IdempotencyRecord(scope=scope, key=key, request_hash=request_hash)
    insert(mine)  # whoever comes with the same key meanwhile waits here, and is then refused
    mine.answer = make()
    update(mine, "answer")
    return mine.answer


def idempotency_forget_old(*, now: datetime) -> int:
    """Remove answers older than 30 days (they may name a case); how many."""
    old = IdempotencyRecord.objects.filter(created_at__lt=now - timedelta(days=KEPT_DAYS))
    return old.delete()[0]
