"""Rows out of a table and into one, as the text of COPY, in pieces of a bounded size."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from psycopg.sql import SQL, Composable, Identifier

from tenants.provisioning.archive.types import TableFacts
from tenants.provisioning.owner import Raw

CHUNK = 4 << 20  # a piece ends at the row that fills it

Row = Callable[[bytes], bytes]
"""One line of COPY text, its end included, made into another."""


@dataclass(slots=True)
class RowsSeen:
    """Rows one after the other: counted and summed up, not kept. A line is a row in COPY text."""

    rows: int = 0
    _sum: hashlib._Hash = field(default_factory=hashlib.sha256)

    def add(self, chunk: bytes) -> None:
        self.rows += chunk.count(b"\n")
        self._sum.update(chunk)

    def facts(self) -> TableFacts:
        return TableFacts(self.rows, self._sum.hexdigest())


def rows_out(
    raw: Raw,
    code: str,
    table: str,
    *,
    columns: Sequence[str],
    order: Sequence[str],
    change: Row | None = None,
) -> Iterator[bytes]:
    """All rows of a table of this city, in pieces that end with a row; in order if one is given."""
    sorted_by = SQL(" ORDER BY {}").format(_names(order)) if order else SQL("")
    statement = SQL("COPY (SELECT {} FROM {}.{}{}) TO STDOUT").format(
        _names(columns), Identifier(code), Identifier(table), sorted_by
    )
    held = bytearray()
    with raw.cursor() as cursor, cursor.copy(statement) as copy:
        for line in copy:
            held += line if change is None else change(bytes(line))
            if len(held) >= CHUNK:
                yield bytes(held)
                held.clear()
    if held:
        yield bytes(held)


def rows_in(
    raw: Raw,
    code: str,
    table: str,
    *,
    columns: Sequence[str],
    pieces: Iterable[bytes],
    seen: RowsSeen,
) -> None:
    """Write COPY text into a table of this city; `seen` sums it up."""
    statement = SQL("COPY {}.{} ({}) FROM STDIN").format(
        Identifier(code), Identifier(table), _names(columns)
    )
    with raw.cursor() as cursor, cursor.copy(statement) as copy:
        for piece in pieces:
            seen.add(piece)
            copy.write(piece)


def table_facts(
    raw: Raw, code: str, table: str, *, columns: Sequence[str], order: Sequence[str]
) -> TableFacts:
    """Rows and checksum of a table as it is now."""
    seen = RowsSeen()
    for chunk in rows_out(raw, code, table, columns=columns, order=order):
        seen.add(chunk)
    return seen.facts()


def _names(columns: Sequence[str]) -> Composable:
    return SQL(", ").join(Identifier(name) for name in columns)
