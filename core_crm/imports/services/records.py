"""Cutting text into records, forgiving what programs get wrong, without losing a line.

Not `csv`: there, one quote that is never closed swallows the rest of the file. Here such a record
is reported, and reading goes on at the next line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

QUOTE = '"'
LINE_END = re.compile(r"\r\n|\n|\r")
LONGEST_QUOTED = 1_000_000  # characters; a longer cell is a quote that was never closed
PATIENCE = 50  # broken quotes after which a cell may no longer run over a line's end
NEVER_CLOSED = "따옴표가 닫히지 않았습니다"
ODD_QUOTES = "따옴표의 짝이 맞지 않습니다"


@dataclass(frozen=True, slots=True)
class Record:
    """One record, the line it starts on (from 1), and what is wrong with it, if anything."""

    line: int
    cells: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    end: int
    was_mended: bool = False
    is_open: bool = False


class RecordReader:
    """Reads a text from its start to its end in time that grows with its length alone."""

    def __init__(self, text: str, delimiter: str) -> None:
        self._text, self._delimiter = text, delimiter
        self._plain_end = re.compile(f"[{re.escape(delimiter)}\r\n]")
        self._after_quote = re.compile(f" *(?=[{re.escape(delimiter)}\r\n]|\\Z)")
        self._broken = 0

    def __iter__(self) -> Iterator[Record]:
        start, line = 0, 1
        while start < len(self._text):
            record, past = self.record_at(start, line)
            self.note(record)
            yield record
            line += self.lines_between(start, past)
            start = past

    def goes_on_with(self, text: str) -> None:
        """Read this text from now on: the rest of the one before, and more."""
        self._text = text

    def record_at(self, start: int, line: int) -> tuple[Record, int]:
        """The record that begins there, and where the next one does."""
        cells, end, problem = self._record(start)
        if problem:
            end = self._line_end(start)
            cells = (self._text[start:end],)
        return Record(line, cells, problem), self._past_line_end(end)

    def note(self, record: Record) -> None:
        """Count a broken one: after many, no cell may run over a line's end any more."""
        self._broken += bool(record.problem)

    def lines_between(self, start: int, past: int) -> int:
        """How many lines a record takes, with its own end."""
        return max(len(LINE_END.findall(self._text, start, past)), 1)

    def _record(self, start: int) -> tuple[tuple[str, ...], int, str]:
        plain_end = self._line_end(start)
        if self._text.find(QUOTE, start, plain_end) < 0:  # nearly all: cut at once
            return tuple(self._text[start:plain_end].split(self._delimiter)), plain_end, ""
        cells: list[str] = []
        at = start
        while True:
            cell = self._cell(at)
            if cell.is_open:
                return (), at, NEVER_CLOSED
            if cell.was_mended and cell.text.count(QUOTE) % 2:
                return (), at, ODD_QUOTES
            cells.append(cell.text)
            if self._text[cell.end : cell.end + 1] != self._delimiter:
                return tuple(cells), cell.end, ""
            at = cell.end + 1

    def _cell(self, at: int) -> _Cell:
        opening = at
        while self._text[opening : opening + 1] == " ":
            opening += 1
        if self._text[opening : opening + 1] == QUOTE:
            return self._quoted(opening + 1)
        found = self._plain_end.search(self._text, at)
        end = found.start() if found else len(self._text)
        return _Cell(self._text[at:end], end)

    def _quoted(self, start: int) -> _Cell:
        """A quoted cell. A lone quote inside it, not before a delimiter, is taken as written."""
        reach = self._reach(start)
        pieces: list[str] = []
        at, was_mended = start, False
        while (quote := self._text.find(QUOTE, at, reach)) >= 0:
            pieces.append(self._text[at:quote])
            closing = self._after_quote.match(self._text, quote + 1)
            if closing:
                return _Cell("".join(pieces), closing.end(), was_mended)
            is_doubled = self._text[quote + 1 : quote + 2] == QUOTE
            pieces.append(QUOTE)
            at = quote + (2 if is_doubled else 1)
            was_mended = was_mended or not is_doubled
        return _Cell("", start, is_open=True)

    def _reach(self, start: int) -> int:
        if self._broken < PATIENCE:
            return min(len(self._text), start + LONGEST_QUOTED)
        return self._line_end(start)

    def _line_end(self, start: int) -> int:
        found = LINE_END.search(self._text, start)
        return found.start() if found else len(self._text)

    def _past_line_end(self, end: int) -> int:
        found = LINE_END.match(self._text, end)
        return found.end() if found else end
