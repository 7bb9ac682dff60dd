"""The rows of a kept file, from any of them on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core_crm.imports.models import ImportBatch
from core_crm.imports.services.reading import columns_of, is_blank, row_of
from core_crm.imports.services.streaming import RecordStream
from core_crm.imports.types import TableRow
from tenants.isolation.keys import city_storage


class BatchRows:
    """The rows of a batch's file that were not taken in yet; `offset` and `line` go with them."""

    def __init__(self, batch: ImportBatch) -> None:
        path = kept_path(batch)
        head = RecordStream(path, batch.delimiter)
        first = next((record for record in head if not is_blank(record)), None)
        self.columns = columns_of(first)
        begins = (head.offset, head.line)
        offset, line = (batch.at_offset, batch.at_line) if batch.at_offset else begins
        self._stream = RecordStream(path, batch.delimiter, offset=offset, line=line)
        self.offset, self.line = offset, line

    def __iter__(self) -> Iterator[TableRow]:
        for record in self._stream:
            self.offset, self.line = self._stream.offset, self._stream.line
            if not is_blank(record):
                yield row_of(record, self.columns)


def kept_path(batch: ImportBatch) -> Path:
    """Where the city keeps the file of a batch."""
    return Path(city_storage().path(batch.upload))
