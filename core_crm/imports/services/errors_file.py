"""The file of refused rows: what was sent, and in one more column why it was not taken."""

from __future__ import annotations

from collections.abc import Sequence
from tempfile import SpooledTemporaryFile

from django.core.files.base import File

from core_crm.common.csv_writing import BYTE_ORDER_MARK, csv_line
from core_crm.imports.types import TableRow
from tenants.isolation.keys import city_storage

REASON_COLUMN = "사유"
IN_MEMORY_BYTES = 1 << 20


class ErrorFile:
    """Collects refused rows while a file is taken in; kept in the city's storage at the end."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.rows = 0
        self._columns = [name for name in columns if name != REASON_COLUMN]
        self._width = len(columns)
        self._reason_at = list(columns).index(REASON_COLUMN) if REASON_COLUMN in columns else None
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 - closed with it
        self._file.write(BYTE_ORDER_MARK.encode())
        self._write([*self._columns, REASON_COLUMN])

    def refuse(self, row: TableRow, reason: str) -> None:
        """Add a row with the reason, which names its line in the file that was sent."""
        cells = list(row.cells)
        if self._reason_at is not None and len(cells) == self._width:
            del cells[self._reason_at]  # an error file taken in again: the old reason goes
        cells += [""] * (len(self._columns) - len(cells))
        self._write([*cells, f"{row.number}번째 줄: {reason}"])
        self.rows += 1

    def content(self) -> bytes:
        """The whole file."""
        self._file.seek(0)
        return self._file.read()

    def save(self, name: str) -> str:
        """Keep the file in the city's storage; its path, or nothing when no row was refused."""
        if not self.rows:
            return ""
        self._file.seek(0)
        storage = city_storage()
        return storage.path(storage.save(name, File(self._file)))

    def _write(self, cells: Sequence[str]) -> None:
        self._file.write(csv_line(cells).encode(errors="replace"))
