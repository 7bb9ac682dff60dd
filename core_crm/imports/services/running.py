"""Running an import: in its turn, in pieces that can be halted and go on after any break."""

from __future__ import annotations

import gc
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.core.files.base import File
from django.db import OperationalError, transaction

from core_crm.audit.types import Actor
from core_crm.events import record
from core_crm.imports.errors import NoErrorsFile, NotNow
from core_crm.imports.models import ImportBatch, ImportChange, ImportPiece, ImportRefusal
from core_crm.imports.selectors import batch_get
from core_crm.imports.services.errors_file import ErrorFile
from core_crm.imports.services.opening import batch_note, file_drop
from core_crm.imports.services.rows import BatchRows
from core_crm.imports.services.taking import pieces, take
from core_crm.imports.services.undoing import undo_work
from core_crm.imports.types import (
    BatchState,
    ImportFinished,
    RowOutcome,
    RowResult,
    TableRow,
)
from tenants.isolation.fair import Slice
from tenants.isolation.ids import uuid7
from tenants.isolation.jobs import job_named
from tenants.isolation.keys import city_storage
from tenants.sql import copy_in

JOB = "imports.work"
CHANGE_COLUMNS = ("id", "batch_id", "object_id", "before", "after")
OUTCOMES = tuple(RowOutcome)
RUNNABLE = (BatchState.PLANNED, BatchState.DRAFT)
HALTED = (BatchState.PAUSED, BatchState.FAILED)
MOVING = (BatchState.WAITING, BatchState.RUNNING)
ENDABLE = (*RUNNABLE, *MOVING, *HALTED)


def batch_run(batch: ImportBatch, *, by: Actor | None, now: datetime) -> None:
    """Put it in the line; a worker takes its rows in. Raises NotNow."""
    row = _moved(batch, RUNNABLE, BatchState.WAITING, queued_at=now)
    batch_note("import.started", row, by=by, now=now)
    _call_worker(row)


def batch_pause(batch: ImportBatch, *, by: Actor | None, now: datetime) -> None:
    """Halt after the piece that is under way. Raises NotNow."""
    batch_note("import.paused", _moved(batch, MOVING, BatchState.PAUSED), by=by, now=now)


def batch_resume(batch: ImportBatch, *, by: Actor | None, now: datetime) -> None:
    """Go on with the next row. Raises NotNow."""
    row = _moved(batch, HALTED, BatchState.WAITING, queued_at=now)
    batch_note("import.resumed", row, by=by, now=now)
    _call_worker(row)


def batch_cancel(batch: ImportBatch, *, by: Actor | None, now: datetime) -> None:
    """End it; what was taken in stays until it is undone. The file is deleted. Raises NotNow."""
    row = _moved(batch, ENDABLE, BatchState.CANCELLED, finished_at=now)
    file_drop(row)
    batch_note("import.cancelled", row, by=by, now=now)


def batch_errors(batch: ImportBatch) -> File[bytes]:
    """The open file of refused rows. Raises NoErrorsFile."""
    storage = city_storage()
    name = f"imports/{batch.pk}/errors.csv"
    if not batch.errors_file or not storage.exists(name):
        raise NoErrorsFile("받지 않은 행의 파일이 없습니다.")
    return storage.open(name)


def batch_work(batch_id: UUID, *, now: datetime, seconds: float | None = None) -> bool:
    """Work on a batch for a while, in whichever way it moves; is there more to do?

    Harmless to call twice or at once: each piece holds the row, and goes on where it stands.
    """
    batch = batch_get(batch_id)
    stretch = Slice() if seconds is None else Slice(seconds)
    if batch.state == BatchState.UNDOING:
        return undo_work(batch, stretch, now=now)
    if batch.state not in MOVING:
        return False
    try:
        return _run_slice(batch, stretch, now=now)
    except OperationalError:  # the database was away: the sweep comes again
        raise
    except Exception:  # a fault of ours: it stands still for people to see, and may be resumed
        ImportBatch.objects.filter(pk=batch_id, state__in=MOVING).update(state=BatchState.FAILED)
        raise


def _run_slice(batch: ImportBatch, stretch: Slice, *, now: datetime) -> bool:
    rows, began, done = BatchRows(batch), time.monotonic(), 0
    following = pieces(rows)
    while piece := next(following, None):
        with _no_collecting():
            is_taken = _piece(batch, piece, rows, now=now)
        if not is_taken:
            return False
        done += len(piece)
        rate = done / max(time.monotonic() - began, 0.001)
        ImportBatch.objects.filter(pk=batch.pk).update(rate=rate)
        if not stretch.has_time():
            return True
    _finish(batch, now=now)
    return False


@contextmanager
def _no_collecting() -> Iterator[None]:
    """A piece makes tens of thousands of objects and no ring of them: looking for rings while they
    pile up costs a fifth of its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@transaction.atomic
def _piece(
    batch: ImportBatch, piece: Sequence[TableRow], rows: BatchRows, *, now: datetime
) -> bool:
    """Take a piece in, all or none; False when it was halted, or somebody else is further."""
    row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if row.state not in MOVING or row.rows != batch.rows:
        return False
    taken = take(row, piece, now=now)
    _keep_changes(row, [result for _row, result in taken])
    ImportRefusal.objects.bulk_create(
        ImportRefusal(
            batch=row, row=one.number, column=result.field[:120], reason=result.reason[:200]
        )
        for one, result in taken
        if result.outcome == RowOutcome.REFUSED
    )
    counts = Counter(result.outcome for _row, result in taken)
    for outcome in OUTCOMES:
        setattr(row, outcome, getattr(row, outcome) + counts[outcome])
    row.rows += len(piece)
    row.total = max(row.total, row.rows)
    row.state, row.at_offset, row.at_line = BatchState.RUNNING, rows.offset, rows.line
    names = ("rows", "total", "state", "at_offset", "at_line", *OUTCOMES)
    row.save(update_fields=names)
    batch.rows = row.rows
    return True


def _keep_changes(batch: ImportBatch, results: Sequence[RowResult]) -> None:
    """Whom the piece created in one row, and whom it changed with their values."""
    created = [
        one.object_id for one in results if one.object_id and one.outcome == RowOutcome.CREATED
    ]
    if created:
        ImportPiece.objects.create(batch=batch, ids=created)
    copy_in(
        ImportChange._meta.db_table,
        CHANGE_COLUMNS,
        (
            (
                uuid7(),
                batch.pk,
                result.object_id,
                json.dumps(dict(result.before), ensure_ascii=False, default=str),
                json.dumps(dict(result.after), ensure_ascii=False, default=str),
            )
            for result in results
            if result.outcome == RowOutcome.UPDATED
        ),
    )


@transaction.atomic
def _finish(batch: ImportBatch, *, now: datetime) -> None:
    row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if row.state not in MOVING or row.rows != batch.rows:
        return
    row.errors_file = _errors_file(row) if row.refused else ""
    row.state, row.finished_at, row.total = BatchState.DONE, now, row.rows
    row.save(update_fields=["errors_file", "state", "finished_at", "total"])
    record(
        ImportFinished(
            batch_id=row.pk,
            row_kind=row.kind,
            created=row.created,
            updated=row.updated,
            at=now,
        )
    )
    batch_note(
        "import.finished",
        row,
        by=None,
        now=now,
        **{str(outcome): getattr(row, outcome) for outcome in OUTCOMES},
    )
    transaction.on_commit(lambda: file_drop(row))


def _errors_file(batch: ImportBatch) -> str:
    """Read the file once more and keep what was refused, with its reason."""
    batch.at_offset = 0
    rows = BatchRows(batch)
    refused = batch.refusals.order_by("row", "id").iterator(chunk_size=2000)
    errors, wanted = ErrorFile(rows.columns), next(refused, None)
    for one in rows:
        if wanted is None:
            break
        if one.number == wanted.row:
            named = f"‘{wanted.column}’ 열: " if wanted.column else ""
            errors.refuse(one, f"{named}{wanted.reason}")
            wanted = next(refused, None)
    return errors.save(f"imports/{batch.pk}/errors.csv")


@transaction.atomic
def _moved(
    batch: ImportBatch, before: Sequence[BatchState], after: BatchState, **values: datetime
) -> ImportBatch:
    """The row, from one of these states in another."""
    row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if row.state not in before:
        raise NotNow("지금은 할 수 없습니다. 화면을 새로 고쳐 상태를 확인해 주세요.")
    row.state = after
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *values])
    return row


def _call_worker(batch: ImportBatch) -> None:
    """When this is committed; without the broker the sweep finds it."""
    given = str(batch.pk)
    transaction.on_commit(lambda: job_named(JOB).enqueue(batch_id=given))
