"""Counting an import, and remembering which foreign row became which object of ours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import F

from core_crm.imports.errors import BatchAlreadyFinished
from core_crm.imports.models import ImportBatch, ImportedRow
from core_crm.imports.services.errors_file import ErrorFile
from core_crm.imports.types import BatchState, ImportResult


def batch_start(
    *, kind: str, source: str, file_name: str, encoding: str, now: datetime
) -> ImportBatch:
    """Open the books for one file. `source` names the system its row numbers come from."""
    batch = ImportBatch(
        kind=kind, source=source, file_name=file_name, encoding=encoding, created_at=now
    )
    batch.full_clean()
    batch.save()
    return batch


def batch_add(
    batch: ImportBatch, *, created: int = 0, updated: int = 0, skipped: int = 0, refused: int = 0
) -> None:
    """Count rows, in the transaction that took them in. Raises BatchAlreadyFinished."""
    counted = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.RUNNING).update(
        rows=F("rows") + created + updated + skipped + refused,
        created=F("created") + created,
        updated=F("updated") + updated,
        skipped=F("skipped") + skipped,
        refused=F("refused") + refused,
    )
    if not counted:
        raise BatchAlreadyFinished("이미 끝난 일괄 등록입니다.", batch=str(batch.pk))


def batch_finish(batch: ImportBatch, *, errors: ErrorFile, now: datetime) -> ImportResult:
    """Close the books, keep the file of refused rows, and say what became of the file."""
    path = errors.save(f"imports/{batch.pk}/errors.csv")
    _close(batch, BatchState.DONE, errors_file=path, now=now)
    return ImportResult(
        rows=batch.rows,
        created=batch.created,
        updated=batch.updated,
        skipped=batch.skipped,
        refused=batch.refused,
        errors_file=path or None,
    )


def batch_fail(batch: ImportBatch, *, now: datetime) -> None:
    """Close the books on an import that broke off; a new run skips what it took in."""
    _close(batch, BatchState.FAILED, errors_file="", now=now)


def _close(batch: ImportBatch, state: BatchState, *, errors_file: str, now: datetime) -> None:
    closed = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.RUNNING).update(
        state=state, errors_file=errors_file, finished_at=now
    )
    if not closed:
        raise BatchAlreadyFinished("이미 끝난 일괄 등록입니다.", batch=str(batch.pk))
    batch.refresh_from_db()


def imported_note(batch: ImportBatch, pairs: Iterable[tuple[str, UUID]]) -> None:
    """Remember (foreign id, our id), in the transaction in which our objects are made."""
    ImportedRow.objects.bulk_create(
        [
            ImportedRow(
                batch=batch,
                kind=batch.kind,
                source=batch.source,
                external_id=external_id,
                object_id=object_id,
            )
            for external_id, object_id in pairs
        ]
    )
