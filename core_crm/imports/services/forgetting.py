"""Files that nobody went on with, and what was kept of those that ended, do not stay for ever."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from core_crm.imports.models import ImportBatch, ImportChange, ImportPiece, ImportRefusal
from core_crm.imports.services.opening import batch_note, file_drop
from core_crm.imports.types import BatchState
from tenants.isolation.keys import city_storage

LEFT_DAYS, KEPT_DAYS = 7, 30
"""Days after which a file left open is ended, and after which an ended one cannot be undone."""
LEFT = (BatchState.DRAFT, BatchState.PLANNED, BatchState.PAUSED, BatchState.FAILED)
AT_ONCE = 50


def batches_forget(*, now: datetime) -> int:
    """End what was left open for a week; delete refused rows and values before after 30 days.

    How many were ended or emptied; one stretch of work, the next call goes on.
    """
    left = ImportBatch.objects.filter(
        state__in=LEFT, queued_at__isnull=True, created_at__lt=now - timedelta(days=LEFT_DAYS)
    ) | ImportBatch.objects.filter(state__in=LEFT, queued_at__lt=now - timedelta(days=LEFT_DAYS))
    ended = [_end(batch, now=now) for batch in left.exclude(upload="")[:AT_ONCE]]
    old = ImportBatch.objects.filter(finished_at__lt=now - timedelta(days=KEPT_DAYS))
    kept = [
        Exists(each.objects.filter(batch=OuterRef("pk"))) for each in (ImportChange, ImportPiece)
    ]
    full = old.filter(~Q(errors_file="") | Q(kept[0]) | Q(kept[1]))
    emptied = [_empty(batch) for batch in full[:AT_ONCE]]
    return len(ended) + len(emptied)


@transaction.atomic
def _end(batch: ImportBatch, *, now: datetime) -> None:
    batch.state, batch.finished_at = BatchState.CANCELLED, now
    file_drop(batch)
    batch.upload = ""
    batch.save(update_fields=["state", "finished_at", "upload"])
    batch_note("import.left", batch, by=None, now=now)


@transaction.atomic
def _empty(batch: ImportBatch) -> None:
    ImportChange.objects.filter(batch=batch).delete()
    ImportPiece.objects.filter(batch=batch).delete()
    ImportRefusal.objects.filter(batch=batch).delete()
    if batch.errors_file:
        city_storage().delete(f"imports/{batch.pk}/errors.csv")
    batch.errors_file = ""
    batch.save(update_fields=["errors_file"])
