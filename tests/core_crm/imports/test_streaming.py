"""A file read in pieces has the records of the file read whole, wherever the pieces end."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from core_crm.imports.services import streaming
from core_crm.imports.services.records import Record, RecordReader
from core_crm.imports.services.streaming import RecordStream

CELLS = ("가나다", "", 'said "so"', '"a,b"', '"두\n줄"', '"겹""침"', '"열린', " 앞칸", "끝\r", "𠮷")
ENDS = ("\n", "\r\n", "\r")


def a_text(seed: int, rows: int = 60) -> str:
    """Rows with everything that goes wrong in the files of offices."""
    chance = Random(seed)  # noqa: S311 - a test's own dice
    lines = (",".join(chance.choices(CELLS, k=chance.randint(1, 4))) for _ in range(rows))
    return "".join(line + chance.choice(ENDS) for line in lines)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("piece", [3, 64])
def test_pieces_of_any_size_give_the_records_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, piece: int
) -> None:
    text = a_text(seed)
    path = tmp_path / "rows.csv"
    path.write_bytes(text.encode())
    monkeypatch.setattr(streaming, "PIECE_BYTES", piece)
    assert list(RecordStream(path, ",")) == list(RecordReader(text, ","))


def test_reading_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes('가,"두\n줄"\n나,2\n\n다,3'.encode())
    first = RecordStream(path, ",")
    given = [next(iter(first))]
    later = RecordStream(path, ",", offset=first.offset, line=first.line)
    given += list(later)
    assert [(one.line, one.cells) for one in given] == [
        (1, ("가", "두\n줄")),
        (3, ("나", "2")),
        (4, ("",)),
        (5, ("다", "3")),
    ]
    assert later.offset == path.stat().st_size


def test_a_quote_never_closed_swallows_one_line_only(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text('a,"open\n' + "b,1\n" * 5, encoding="utf-8")
    found = list(RecordStream(path, ","))
    assert [bool(one.problem) for one in found] == [True] + [False] * 5
    assert isinstance(found[0], Record)
