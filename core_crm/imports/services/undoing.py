"""Taking a whole import back: what it created goes, what it changed is put back, the used stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core_crm.audit.types import Actor
from core_crm.imports.errors import NotNow
from core_crm.imports.models import ImportBatch, ImportChange
from core_crm.imports.selectors import row_kind
from core_crm.imports.services.opening import batch_note
from core_crm.imports.types import BatchState, UndoPlan
from tenants.isolation.fair import Slice
from tenants.isolation.jobs import job_named

UNDOABLE = (BatchState.DONE, BatchState.CANCELLED, BatchState.FAILED)
PIECE, LOOKED_AT, MOST_LOOKED = 1_000, 5_000, 50_000
USED = "그 뒤에 의견이나 다른 기록이 생겼습니다"
JOB = "imports.work"


def undo_plan(batch: ImportBatch) -> UndoPlan:
    """What an undo would do now. Whose value somebody changed since keeps that value."""
    kind, used = row_kind(batch.kind), 0
    changes = batch.changes.filter(is_new=True)
    made = changes.count()
    created = list(changes.values_list("object_id", flat=True)[:MOST_LOOKED])
    for start in range(0, len(created), LOOKED_AT):
        used += len(kind.used(created[start : start + LOOKED_AT], batch.acquired_list_id))
    restored = batch.changes.filter(is_new=False).values("object_id").distinct().count()
    reasons = ((USED, used),) if used else ()
    return UndoPlan(
        removed=made - used,
        restored=restored,
        kept=used,
        reasons=reasons,
        is_whole=made <= MOST_LOOKED,
    )


@transaction.atomic
def batch_undo(batch: ImportBatch, *, by: Actor | None, now: datetime) -> None:
    """Put it in the line to be taken back. Raises NotNow."""
    row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if row.state not in UNDOABLE:
        raise NotNow("끝난 파일만 되돌릴 수 있습니다.")
    row.state, row.queued_at = BatchState.UNDOING, now
    row.save(update_fields=["state", "queued_at"])
    batch_note("import.undo_started", row, by=by, now=now)
    given = str(row.pk)
    transaction.on_commit(lambda: job_named(JOB).enqueue(batch_id=given))


def undo_work(batch: ImportBatch, stretch: Slice, *, now: datetime) -> bool:
    """Take changes back, the newest first, while there is time; is there more?"""
    while _piece(batch, now=now):
        if not stretch.has_time():
            return True
    return False


@transaction.atomic
def _piece(batch: ImportBatch, *, now: datetime) -> bool:
    row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if row.state != BatchState.UNDOING:
        return False
    changes = list(row.changes.order_by("-id")[:PIECE])
    if not changes:
        row.state = BatchState.UNDONE
        row.save(update_fields=["state"])
        batch_note("import.undone", row, by=None, now=now)
        return False
    _take_back(row, changes, now=now)
    row.changes.filter(pk__gte=changes[-1].pk).delete()
    return True


def _take_back(batch: ImportBatch, changes: Sequence[ImportChange], *, now: datetime) -> None:
    kind = row_kind(batch.kind)
    kind.restore(
        [(one.object_id, one.before, one.after) for one in changes if not one.is_new], now=now
    )
    created: list[UUID] = [one.object_id for one in changes if one.is_new]
    used = kind.used(created, batch.acquired_list_id) if created else set()
    kind.remove([one for one in created if one not in used])
