"""Another office's file read through a plugin's converter, before it is a file of voices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from core_crm.common.contributions import Added, Importer
from core_crm.extension_points import importers
from core_crm.imports.errors import ColumnsMissing, FormatUnknown
from core_crm.imports.types import Table, TableRow
from core_crm.voices.services.import_columns import FIELDS

UNREAD = "변환기가 이 줄을 읽지 못했습니다"


def converted(table: Table, *, format_of: str) -> Table:
    """The table with our columns, as the plugin's converter `x.<plugin>.<code>` makes them.

    Cells stay as they were sent, for the file of refused rows; a line that the converter cannot
    read is refused, and the others go on. What it names beside our fields is kept on the voice.
    Raises FormatUnknown, ColumnsMissing.
    """
    added = _known(format_of)
    missing = [name for name in added.what.columns if name not in table.columns]
    if missing:
        raise ColumnsMissing(
            f"‘{added.what.label_ko}’ 파일에 있어야 하는 열이 없습니다: {', '.join(missing)}",
            missing=missing,
            columns=list(table.columns),
        )
    return replace(table, rows=_rows(table.rows, added.what))


def our_columns() -> dict[str, str]:
    """How a converted table's columns are read: each by its own name."""
    return {name: name for name in FIELDS}


def _known(format_of: str) -> Added[Importer]:
    found = importers.get(format_of)
    if found is None:
        known = [one.code for one in importers.all()]
        hint = (
            f" 쓸 수 있는 것: {', '.join(known)}"
            if known
            else " 켜 놓은 플러그인에 하나도 없습니다."
        )
        raise FormatUnknown(f"‘{format_of}’이라는 파일 형식은 여기에 없습니다.{hint}", known=known)
    return found


def _rows(rows: Iterator[TableRow], what: Importer) -> Iterator[TableRow]:
    for row in rows:
        yield row if row.problem else _converted(row, what)


def _converted(row: TableRow, what: Importer) -> TableRow:
    values = _texts(what.convert(dict(row.values)))
    return replace(row, values=values, problem="" if values else UNREAD)


def _texts(given: Any) -> dict[str, str]:
    """Only texts by text names: whatever else a converter may have put in is not ours."""
    if not isinstance(given, Mapping):
        return {}
    return {
        name: value
        for name, value in given.items()
        if isinstance(name, str) and isinstance(value, str)
    }
