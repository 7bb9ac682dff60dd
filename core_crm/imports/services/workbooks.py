"""Reading the first sheet of an Excel file as a table."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from core_crm.imports.errors import TableTooLarge, TableUnreadable
from core_crm.imports.services.reading import (
    LARGEST_BYTES,
    LONGEST_CELL,
    MOST_COLUMNS,
    columns_named,
    table_read,
)
from core_crm.imports.types import Table, TableRow

MARK = b"PK\x03\x04"
LARGEST_UNPACKED_BYTES = 400 * 1024 * 1024
MOST_PARTS = 2_000
MOST_ROWS = 200_000


def upload_read(data: bytes) -> Table:
    """A file somebody chose: Excel (.xlsx) or CSV in whatever encoding, told by its first bytes.

    Raises TableUnreadable and TableTooLarge.
    """
    return workbook_read(data) if data.startswith(MARK) else table_read(data)


def workbook_read(data: bytes) -> Table:
    """The first sheet. A title above the header is skipped: the header has two cells at least.

    Values as shown, not formulas; whole numbers without a point, days as `2026-11-25`.
    """
    _refuse_bombs(data)
    rows = _rows(data)
    header = next(((at, row) for at, row in rows if sum(map(bool, row)) > 1), None)
    if header is None:
        raise TableUnreadable("첫 시트에서 열 이름을 찾을 수 없습니다.")
    cells = header[1]
    while cells and not cells[-1]:
        cells = cells[:-1]
    columns = columns_named(cells)
    return Table(columns=columns, encoding="xlsx", delimiter="", rows=_table_rows(rows, columns))


def _refuse_bombs(data: bytes) -> None:
    """A small file that unpacks to a huge one, or into very many, is not read."""
    if len(data) > LARGEST_BYTES:
        raise TableTooLarge("파일이 너무 큽니다. 나누어 올려 주세요.", limit_bytes=LARGEST_BYTES)
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile:
        raise TableUnreadable(
            "엑셀 파일을 읽을 수 없습니다. 다시 저장하거나 CSV로 올려 주세요."
        ) from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED_BYTES:
        raise TableTooLarge("엑셀 파일이 너무 큽니다. 필요한 시트만 남겨 올려 주세요.")


def _rows(data: bytes) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Rows that hold something, with their numbers from 1."""
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        found = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)
        for at, values in enumerate(islice(found, MOST_ROWS + 1), start=1):
            if at > MOST_ROWS:
                raise TableTooLarge(
                    "엑셀 파일은 200,000행까지 읽습니다. CSV로 저장해 올려 주세요.",
                    limit_rows=MOST_ROWS,
                )
            cells = tuple(_text(value) for value in values)
            if any(cells):
                yield at, cells
    except (KeyError, ValueError, IndexError, SyntaxError, OSError, zipfile.BadZipFile):
        raise TableUnreadable(
            "엑셀 파일을 읽을 수 없습니다. 다시 저장하거나 CSV로 올려 주세요."
        ) from None


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\0", "").strip()


def _table_rows(
    rows: Iterator[tuple[int, tuple[str, ...]]], columns: tuple[str, ...]
) -> Iterator[TableRow]:
    for at, given in rows:
        cells = (given + ("",) * len(columns))[: len(columns)]
        extra = any(given[len(columns) :])
        problem = "열 이름이 없는 칸에 값이 있습니다" if extra else ""
        too_long = next((len(cell) for cell in cells if len(cell) > LONGEST_CELL), 0)
        problem = f"칸이 너무 깁니다({too_long:,}자)" if too_long else problem
        values = dict(zip(columns, cells, strict=True))
        yield TableRow(number=at, cells=cells, values=values, problem=problem)
