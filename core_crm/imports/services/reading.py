"""Reading a CSV file as a table, however it was written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from core_crm.common.csv_writing import unguard
from core_crm.imports.errors import ColumnsMissing, TableTooLarge, TableUnreadable
from core_crm.imports.services.decoding import decode
from core_crm.imports.services.records import Record, RecordReader
from core_crm.imports.types import Table, TableRow

LARGEST_BYTES = 200 * 1024 * 1024
MOST_COLUMNS = 1_000
LONGEST_CELL = 200_000
DELIMITERS = (",", "\t", ";", "|")
SNIFFED_CHARACTERS = 64 * 1024
SNIFFED_RECORDS = 20
NOT_TEXT = (
    (b"PK\x03\x04", "엑셀 파일(.xlsx)입니다. 엑셀에서 ‘CSV UTF-8’로 저장해 올려 주세요."),
    (b"\xd0\xcf\x11\xe0", "엑셀 파일(.xls)입니다. 엑셀에서 ‘CSV UTF-8’로 저장해 올려 주세요."),
    (b"%PDF", "PDF 파일입니다. CSV 파일을 올려 주세요."),
)


def table_read(source: bytes | Path) -> Table:
    """Read a CSV file: its encoding and delimiter are found out, its rows come on demand.

    Empty lines are no rows. What cannot be read as a row still comes, with its problem told. Raises
    TableUnreadable and TableTooLarge for the file as a whole, and nothing while rows are read.
    """
    data = _bytes(source)
    decoded = decode(data)
    text, delimiter = delimited(decoded.text.replace("\0", ""))
    records = (record for record in RecordReader(text, delimiter) if not is_blank(record))
    columns = columns_of(next(records, None))
    return Table(
        columns=columns,
        encoding=decoded.encoding,
        delimiter=delimiter,
        rows=_rows(records, columns, is_damaged=decoded.is_damaged),
    )


def columns_require(table: Table, names: Iterable[str]) -> None:
    """Raise ColumnsMissing, naming them, unless the table has all these columns."""
    missing = [name for name in names if name not in table.columns]
    if missing:
        raise ColumnsMissing(
            f"파일에 다음 열이 없습니다: {', '.join(missing)}",
            missing=missing,
            columns=list(table.columns),
        )


def _bytes(source: bytes | Path) -> bytes:
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    if size > LARGEST_BYTES:
        raise TableTooLarge("파일이 너무 큽니다. 나누어 올려 주세요.", limit_bytes=LARGEST_BYTES)
    data = source.read_bytes() if isinstance(source, Path) else source
    for mark, message in NOT_TEXT:
        if data.startswith(mark):
            raise TableUnreadable(message)
    return data


def delimited(text: str) -> tuple[str, str]:
    """The text and its delimiter; Excel's first line `sep=;` says it outright."""
    first, _, rest = text.partition("\n")
    said = first.strip().removeprefix("sep=")
    if first.startswith("sep=") and said in DELIMITERS:
        return rest, said
    return text, max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter))


def _fit(text: str, delimiter: str) -> tuple[int, int]:
    """How well a delimiter cuts the first records: alike ones first, then how many columns."""
    sample = RecordReader(text[:SNIFFED_CHARACTERS], delimiter)
    widths = [len(record.cells) for record in islice(sample, SNIFFED_RECORDS)]
    alike = sum(width == widths[0] for width in widths) if widths and widths[0] > 1 else 0
    return alike, widths[0] if widths else 0


def columns_of(header: Record | None) -> tuple[str, ...]:
    """The columns that the first record names. Raises TableUnreadable."""
    if header is None or header.problem:
        raise TableUnreadable("첫 줄에서 열 이름을 읽을 수 없습니다.")
    return columns_named(header.cells)


def columns_named(header: Sequence[str]) -> tuple[str, ...]:
    """The names of a table's columns, each once; one without a name is called by its place."""
    if len(header) > MOST_COLUMNS:
        raise TableUnreadable("열이 너무 많습니다.", limit=MOST_COLUMNS)
    names: list[str] = []
    for place, cell in enumerate(header, start=1):
        name = unicodedata.normalize("NFC", unguard(cell)).strip() or f"열{place}"
        names.append(name if name not in names else f"{name}_{place}")
    return tuple(names)


def _rows(
    records: Iterator[Record], columns: tuple[str, ...], *, is_damaged: bool
) -> Iterator[TableRow]:
    for record in records:
        yield row_of(record, columns, is_damaged=is_damaged)


def row_of(record: Record, columns: tuple[str, ...], *, is_damaged: bool = True) -> TableRow:
    """A record as a row of the table; what cannot be one has its problem told.

    `is_damaged`: U+FFFD stands for bytes that could not be read.
    """
    cells = tuple(unguard(cell) for cell in record.cells)
    while len(cells) > len(columns) and not cells[-1].strip():
        cells = cells[:-1]
    problem = record.problem or _problem(cells, columns, is_damaged=is_damaged)
    values = dict(zip(columns, cells, strict=False))
    return TableRow(number=record.line, cells=cells, values=values, problem=problem)


def _problem(cells: tuple[str, ...], columns: tuple[str, ...], *, is_damaged: bool) -> str:
    if len(cells) != len(columns):
        return f"칸이 {len(columns)}개여야 하는데 {len(cells)}개입니다"
    for name, cell in zip(columns, cells, strict=True):
        if len(cell) > LONGEST_CELL:
            return f"‘{name}’ 칸이 너무 깁니다({len(cell):,}자)"
        if is_damaged and "\ufffd" in cell:
            return f"‘{name}’ 칸에 읽을 수 없는 글자가 있습니다"
    return ""


def is_blank(record: Record) -> bool:
    """A line with nothing in it is no row."""
    return not record.problem and not any(cell.strip() for cell in record.cells)
