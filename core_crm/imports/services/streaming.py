"""Records of a text file of any length, read in pieces: memory does not grow with the file."""

from __future__ import annotations

import codecs
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import BinaryIO

from core_crm.imports.services.records import LONGEST_QUOTED, Record, RecordReader

PIECE_BYTES = 1 << 20


class RecordStream:
    """The records of a file written in UTF-8, from a place on.

    `offset` (bytes) and `line` say where the record after the last one given begins: reading goes
    on there later, also in another process.
    """

    def __init__(self, path: Path, delimiter: str, *, offset: int = 0, line: int = 1) -> None:
        self.offset, self.line = offset, line
        self._path, self._reader = path, RecordReader("", delimiter)

    def __iter__(self) -> Iterator[Record]:
        with self._path.open("rb") as file:
            file.seek(self.offset)
            rest = ""
            for text, is_last in _pieces(file):
                rest = yield from self._whole_ones(rest + text, is_last=is_last)

    def _whole_ones(self, text: str, *, is_last: bool) -> Generator[Record, None, str]:
        """Gives those that surely end in this text; returns what is left of it."""
        self._reader.goes_on_with(text)
        start = 0
        while start < len(text):
            record, past = self._reader.record_at(start, self.line)
            if not is_last and _may_go_on(record, start, past, len(text)):
                break
            self._reader.note(record)
            self.line += self._reader.lines_between(start, past)
            self.offset += len(text[start:past].encode())
            start = past
            yield record
        return text[start:]


def _may_go_on(record: Record, start: int, past: int, length: int) -> bool:
    """Would more text change it? One that reaches the end may be longer; an open quote closed."""
    return past >= length or (bool(record.problem) and start + LONGEST_QUOTED >= length)


def _pieces(file: BinaryIO) -> Iterator[tuple[str, bool]]:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while True:
        raw = file.read(PIECE_BYTES)
        yield decoder.decode(raw, final=not raw), not raw
        if not raw:
            return
