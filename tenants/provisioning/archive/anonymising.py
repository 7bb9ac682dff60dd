"""A training copy: every personal value replaced on its way into the archive."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from tenants.personal import Told
from tenants.provisioning.archive.copying import Row
from tenants.provisioning.archive.declared import told_tables
from tenants.provisioning.archive.errors import NotDeclared
from tenants.provisioning.archive.invented import Inventor

NULL = b"\\N"
Change = Callable[[str], str]
_PART = re.compile(r"_(before|after|[0-9]{4})$")  # of a table parted by time
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PLAIN = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_SPECIAL = re.compile(r"[\b\f\n\r\t\v\\]")
_WRITTEN = {plain: f"\\{sign}" for sign, plain in _PLAIN.items()} | {"\\": "\\\\"}


class Anonymiser:
    """What becomes of each table's rows. Raises NotDeclared for a table that nobody has told of."""

    def __init__(self, inventor: Inventor | None = None) -> None:
        self._inventor = inventor or Inventor()
        self._told: Mapping[str, Told] = told_tables()

    def stays(self, table: str) -> bool:
        """Do the rows of this table stay at home?"""
        return self._of(table).stays

    def change(self, table: str, columns: Sequence[str]) -> Row | None:
        """What makes a row of this table nobody's; None when no column is personal."""
        told = self._of(table).columns
        places = [
            (place, getattr(self._inventor, told[name]))
            for place, name in enumerate(columns)
            if name in told
        ]
        return (lambda line: _changed(line, places)) if places else None

    def _of(self, table: str) -> Told:
        told = self._told.get(table) or self._told.get(_PART.sub("", table))
        if told is None:
            raise NotDeclared(f"개인정보가 있는지 정해지지 않은 표입니다: {table}", table=table)
        return told


def _changed(line: bytes, places: Sequence[tuple[int, Change]]) -> bytes:
    cells = line.removesuffix(b"\n").split(b"\t")
    for place, change in places:
        if cells[place] not in (NULL, b""):
            cells[place] = _written(change(_plain(cells[place])))
    return b"\t".join(cells) + b"\n"


def _plain(cell: bytes) -> str:
    """A cell of COPY text as the value it stands for (PostgreSQL 18, COPY, Text Format)."""
    return _ESCAPED.sub(lambda found: _PLAIN.get(found[1], found[1]), cell.decode())


def _written(value: str) -> bytes:
    return _SPECIAL.sub(lambda found: _WRITTEN[found[0]], value).encode()
