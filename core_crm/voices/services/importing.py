"""Taking in voices from another system's CSV file: nothing lost, nothing twice, nobody written to.

A row is a voice as if it had been received then: its own receipt time, its own clock (so an old
one is overdue, honestly), channel `import`. It is open unless a status column says that it was
answered, withdrawn, passed on or could not be done. Rows without a contact get an anonymous
citizen. No message is sent for any row.

A row is known again by its number and its words, whatever the file is called; without a column of
numbers, by all its cells. The same number with other words is another row: two offices may count
alike, and nothing must be lost.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DataError, transaction

from core_crm import events
from core_crm.calendars import SEOUL
from core_crm.imports.models import ImportBatch
from core_crm.imports.selectors import imported_find
from core_crm.imports.services import (
    ErrorFile,
    RowIds,
    batch_add,
    batch_fail,
    batch_finish,
    batch_start,
    imported_note,
    table_read,
)
from core_crm.imports.types import RowOutcome, Table, TableRow
from core_crm.staff.models import Official
from core_crm.staff.types import Right
from core_crm.voices.errors import RightMissing
from core_crm.voices.models import Voice
from core_crm.voices.selectors.fields import voice_form
from core_crm.voices.services.import_columns import OWN, category_suggest, columns_suggest
from core_crm.voices.services.import_formats import converted, our_columns
from core_crm.voices.services.import_rows import ImportedVoice, RowRefused, row_read
from core_crm.voices.services.import_saving import imported_save
from core_crm.voices.types import VoicesImported
from tenants.errors import DomainError

log = logging.getLogger(__name__)

KIND, SOURCE = "voices", "csv"
CHUNK = 100
Progress = Callable[[int, int], None]
Result = dict[str, int | str | None]


def voices_import(
    source: Path | bytes,
    *,
    now: datetime,
    mapping: Mapping[str, str] | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    by: Official | None = None,
    source_name: str = "",
    category: str | None = None,
    format_of: str = "",
) -> Result:
    """Take in a file; `{"rows","created","updated","skipped","refused","errors_file"}`.

    `mapping` names our field for a column of theirs; what it leaves out is suggested by the header.
    `progress` hears (rows done, rows in all) after every chunk. A row that came before is skipped,
    so a broken-off import is simply run again. With `dry_run` everything is tried and taken back;
    the file of refused rows stays. Rows without a category get `category`; None: what the header
    suggests. `format_of`: the plugin's converter (`x.<plugin>.<code>`) the file is written for; it
    names the columns. Raises TableUnreadable, ColumnsMissing, FormatUnknown, RightMissing; refuses
    rows, never a file.
    """
    if by is not None and not by.has(Right.VOICE_IMPORT):
        raise RightMissing("자료를 들여올 권한이 없습니다.", action="import")
    table = table_read(source)
    if format_of:
        table, fields = converted(table, format_of=format_of), our_columns()
    else:
        fields = columns_suggest(table.columns, mapping=mapping, own=voice_form())
    rows = list(table.rows)
    run = _Run(
        table=table,
        fields=fields,
        name=source_name or format_of[-80:] or SOURCE,
        file_name=source.name[-255:] if isinstance(source, Path) else "",
        now=now,
        is_rehearsal=dry_run,
        by=by,
        category=category_suggest(table.columns) if category is None else category,
    )
    return run.take_in(rows, progress=progress or _silent)


class _Run:
    """One import under way."""

    def __init__(
        self,
        *,
        table: Table,
        fields: Mapping[str, str],
        name: str,
        file_name: str,
        now: datetime,
        is_rehearsal: bool,
        by: Official | None,
        category: str,
    ) -> None:
        self._category = category
        self._fields, self._name, self._now = fields, name, now
        self._is_rehearsal, self._by = is_rehearsal, by
        self._file_name, self._encoding = file_name or name, table.encoding
        self._errors = ErrorFile(table.columns)
        self._column_of = {ours: theirs for theirs, ours in fields.items()}
        self._ids = RowIds(self._column_of.get("id", ""))

    def take_in(self, rows: list[TableRow], *, progress: Progress) -> Result:
        if self._is_rehearsal:
            with transaction.atomic():
                result = self._take_in(rows, progress=progress)
                transaction.set_rollback(True)
            return result
        return self._take_in(rows, progress=progress)

    def _take_in(self, rows: list[TableRow], *, progress: Progress) -> Result:
        batch = batch_start(
            kind=KIND,
            source=self._name,
            file_name=self._file_name,
            encoding=self._encoding,
            now=self._now,
        )
        try:
            done = 0
            for chunk in _chunks(rows):
                self._take_in_chunk(batch, chunk)
                done += len(chunk)
                progress(done, len(rows))
        except BaseException:
            if not transaction.get_connection().needs_rollback:
                batch_fail(batch, now=self._now)
            raise
        return asdict(batch_finish(batch, errors=self._errors, now=self._now))

    @transaction.atomic
    def _take_in_chunk(self, batch: ImportBatch, chunk: list[TableRow]) -> None:
        """All of a chunk and its counts, or nothing of it."""
        named = [(self._id_of(row), row) for row in chunk]
        known = set(
            imported_find(kind=KIND, source=self._name, external_ids=[each for each, _ in named])
        )
        counts = dict.fromkeys(RowOutcome, 0)
        taken: list[Voice] = []
        for external_id, row in named:
            outcome = self._take_in_row(batch, external_id, row, known, taken)
            counts[outcome] += 1
            known.add(external_id)
        if taken:
            events.record(VoicesImported(batch.id, _days_of(taken)))
        batch_add(batch, **{outcome.value: count for outcome, count in counts.items()})

    def _take_in_row(
        self,
        batch: ImportBatch,
        external_id: str,
        row: TableRow,
        known: set[str],
        taken: list[Voice],
    ) -> RowOutcome:
        if external_id in known:
            return RowOutcome.SKIPPED
        try:
            with transaction.atomic():
                voice = imported_save(self._read(row), now=self._now, by=self._by)
                imported_note(batch, [(external_id, voice.id)])
        except (RowRefused, DomainError) as refused:
            self._errors.refuse(row, refused.message)
            return RowOutcome.REFUSED
        except (ValidationError, DataError, OverflowError) as refused:
            log.warning("import_row_refused", extra={"reason": type(refused).__name__})
            self._errors.refuse(row, "저장할 수 없는 값이 있습니다")
            return RowOutcome.REFUSED
        taken.append(voice)
        return RowOutcome.CREATED

    def _id_of(self, row: TableRow) -> str:
        """The row's own number with a digest of its words; without a number, its cells' digest."""
        own = self._ids.of(row)
        if not row.values.get(self._column_of.get("id", ""), "").strip():
            return own
        said = "\x1f".join(
            row.values.get(self._column_of.get(ours, ""), "") for ours in ("title", "body")
        )
        return f"{own[:100]}:{hashlib.sha256(said.encode(errors='replace')).hexdigest()[:16]}"

    def _read(self, row: TableRow) -> ImportedVoice:
        if row.problem:
            raise RowRefused(row.problem)
        given = {ours: row.values.get(theirs, "") for theirs, ours in self._fields.items()}
        extra = {
            theirs: value for theirs, value in row.values.items() if theirs not in self._fields
        }
        extra |= {
            ours.removeprefix(OWN): text for ours, text in given.items() if ours.startswith(OWN)
        }
        given["category"] = given.get("category", "").strip() or self._category
        return row_read(given, extra=extra, now=self._now)


def _days_of(taken: list[Voice]) -> tuple[date, ...]:
    """The days in Seoul on which these were received and closed."""
    instants = [at for voice in taken for at in (voice.received_at, voice.closed_at)]
    return tuple(sorted({at.astimezone(SEOUL).date() for at in instants if at is not None}))


def _chunks(rows: Iterable[TableRow]) -> Iterable[list[TableRow]]:
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        yield chunk


def _silent(done: int, total: int) -> None:
    """Nobody is watching."""
