"""What others may hold of the imports room: a row as read, and what became of a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class BatchState(StrEnum):
    """How far an import has come."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


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
