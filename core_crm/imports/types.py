"""What others may hold of the imports room: a row as read, and what became of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made_by
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Protocol
from uuid import UUID

from core_crm.events import Event


class BatchState(StrEnum):
    """How far an import has come.

    draft: the file is there, its columns are open; planned: checked, nobody registered yet.
    """

    DRAFT = "draft"
    PLANNED = "planned"
    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNDOING = "undoing"
    UNDONE = "undone"


class MatchPolicy(StrEnum):
    """What a row does to whom we know already: fill empties, overwrite, or nothing."""

    FILL = "fill"
    OVERWRITE = "overwrite"
    SKIP = "skip"


class RowOutcome(StrEnum):
    """What became of one row; the four counts sum to the rows of the file."""

    CREATED = "created"
    UPDATED = "updated"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a file.

    `number` is the line it starts on, counted from 1. A row with a `problem` (Korean, for the error
    file) could not be read as a row of this table: refuse it with that reason.
    """

    number: int
    cells: tuple[str, ...]
    values: dict[str, str]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A file read as a table: its columns, how it was written, and its rows, read on demand."""

    columns: tuple[str, ...]
    encoding: str
    delimiter: str
    rows: Iterator[TableRow]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The answer of every import, in the shape of the command line."""

    rows: int
    created: int
    updated: int
    skipped: int
    refused: int
    errors_file: str | None


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What is said of a file when it is taken in. `basis`: the law it rests on."""

    source: str
    basis: str = ""
    policy: MatchPolicy = MatchPolicy.FILL
    encoding: str = "auto"
    acquired_list_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class RowField:
    """A field that a column may be. `looks`: how its values look: phone, email, day, address."""

    code: str
    label: str
    is_required: bool = False
    help: str = ""
    example: str = ""
    synonyms: tuple[str, ...] = ()
    looks: str = ""


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """A column of a file: up to three of its values, the field it seems to be, and why.

    `why`: `saved` (as last time with this source), `name`, `values`, or "" for none.
    """

    name: str
    samples: tuple[str, ...]
    field: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class FileLook:
    """How a file is written, and its columns."""

    encoding: str
    delimiter: str
    columns: tuple[ColumnLook, ...]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row is not taken. `row`: its line in the file, from 1; `column` as the file names it.

    Never holds a value of the row.
    """

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What a run would do. `is_whole` False: only the first `rows` rows were looked at."""

    rows: int
    created: int
    updated: int
    skipped: int
    refused: int
    problems: tuple[RowProblem, ...] = ()
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is. `rate` in rows per second; `place` in the queue while it waits."""

    rows: int
    total: int
    rate: float
    left_seconds: float | None
    state: str
    place: int | None
    created: int
    updated: int
    skipped: int
    refused: int


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What taking a batch back will do; `reasons` say in Korean why some are kept.

    `is_whole` False: only the first 50,000 were looked at, and more may be kept.
    """

    removed: int
    restored: int
    kept: int
    reasons: tuple[tuple[str, int], ...] = ()
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Taking:
    """What a row kind needs to know while it takes rows in."""

    batch_id: UUID
    source: str
    policy: MatchPolicy
    acquired_list_id: UUID | None
    now: datetime


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row: of a created or updated object the values before and after.

    A refused row says the field that is wrong ("" for the row as a whole) and why, in Korean.
    """

    outcome: RowOutcome
    object_id: UUID | None = None
    field: str = ""
    reason: str = ""
    before: Mapping[str, Any] = made_by(default_factory=dict)
    after: Mapping[str, Any] = made_by(default_factory=dict)


class RowKind(Protocol):
    """What rows of a file can become; registered by the room that keeps those objects."""

    @property
    def code(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def fields(self) -> tuple[RowField, ...]: ...

    def check(self, options: ImportOptions) -> None:
        """Raise a DomainError where such a file may not be taken in."""
        ...

    def take(self, rows: Sequence[Mapping[str, str]], taking: Taking) -> list[RowResult]:
        """Take rows (field → text) in, in the caller's transaction; one result per row."""
        ...

    def used(self, ids: Sequence[UUID], acquired_list_id: UUID | None) -> set[UUID]:
        """Which of these objects something else refers to by now."""
        ...

    def remove(self, ids: Sequence[UUID]) -> None:
        """Delete objects that a batch created."""
        ...

    def restore(
        self, changes: Sequence[tuple[UUID, Mapping[str, Any], Mapping[str, Any]]], *, now: datetime
    ) -> set[UUID]:
        """Put values back (id, before, after) where they are still `after`; who was restored."""
        ...


@dataclass(frozen=True, slots=True)
class ImportFinished(Event):
    """A file was taken in to its end; objects it made carry its id as `batch_id`."""

    kind: ClassVar[str] = "imports.finished"

    batch_id: UUID
    row_kind: str
    created: int
    updated: int
    at: datetime
