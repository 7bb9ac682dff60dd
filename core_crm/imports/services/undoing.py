"""Taking a whole import back: what it created goes, what it changed is put back, the used stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core_crm.audit.types import Actor
from core_crm.imports.errors import NotNow
from core_crm.imports.models import ImportBatch
from core_crm.imports.selectors import row_kind
from core_crm.imports.services.opening import batch_note
from core_crm.imports.types import BatchState, UndoPlan
from tenants.isolation.fair import Slice
from tenants.isolation.jobs import job_named

UNDOABLE = (BatchState.DONE, BatchState.CANCELLED, BatchState.FAILED)
PIECE, MOST_LOOKED = 1_000, 50_000
USED = "그 뒤에 의견이나 다른 기록이 생겼습니다"
JOB = "imports.work"


def undo_plan(batch: ImportBatch) -> UndoPlan:
    """What an undo would do now. Whose value somebody changed since keeps that value."""
    kind, made, looked, used = row_kind(batch.kind), 0, 0, 0
    for piece in batch.pieces.order_by("id").iterator():
        made += len(piece.ids)
        if looked < MOST_LOOKED:
            looked += len(piece.ids)
            used += len(kind.used(piece.ids, batch.acquired_list_id))
    restored = batch.changes.values("object_id").distinct().count()
    reasons = ((USED, used),) if used else ()
    return UndoPlan(
        removed=made - used,
        restored=restored,
        kept=used,
        reasons=reasons,
        is_whole=looked == made,
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
    if _put_back(row, now=now) or _take_out(row):
        return True
    row.state = BatchState.UNDONE
    row.save(update_fields=["state"])
    batch_note("import.undone", row, by=None, now=now)
    return False


def _put_back(batch: ImportBatch, *, now: datetime) -> bool:
    """Values that the batch changed, the newest change first; False: none are left."""
    changes = list(batch.changes.order_by("-id")[:PIECE])
    if not changes:
        return False
    told = [(one.object_id, one.before, one.after) for one in changes]
    row_kind(batch.kind).restore(told, now=now)
    batch.changes.filter(pk__gte=changes[-1].pk).delete()
    return True


def _take_out(batch: ImportBatch) -> bool:
    """Those that one piece created and nobody uses; False: no piece is left."""
    piece = batch.pieces.order_by("-id").first()
    if piece is None:
        return False
    kind = row_kind(batch.kind)
    used = kind.used(piece.ids, batch.acquired_list_id)
    kind.remove([one for one in piece.ids if one not in used])
    piece.delete()
    return True
