"""Files of people as badly as they come: one for each number, always the same; none is real."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from random import Random

from openpyxl import Workbook

HEADS = (
    ("이름", "휴대전화", "이메일", "생년월일"),
    ("성명", "핸드폰", "메일", "생일"),
    ("name", "mobile", "e-mail", "birthday"),
)
BAD_NAMES = ("", " ", "=HYPERLINK(1)", "\u202e담소김", "가" * 300, "김\u200b소담", "900301-1234567")
BAD_PHONES = ("없음", "1.01E+09", "010-12", "0" * 40, "=1+1", "전화 안 됨", "010-1234-567a", "\t")
BAD_EMAILS = ("a@", "@b.example", "a b@c.example", "=a@b.example", "a@b..example", "x" * 300)
BAD_DAYS = ("2025-02-29", "1900-02-29", "900301", "내일", "0", "99999", "2026-13-01", "1800-01-01")
GOOD_DAYS = ("", "1990-03-01", "1990.3.1", "32933", "19900301", "1990년 3월 1일", "2024-02-29")
Row = list[str]
LARGEST_CELL, MANY_COLUMNS, BOMB_BYTES = 250_000, 3_000, 4_000_000_000


def bad_file(number: int) -> tuple[str, bytes]:
    """A name and its bytes: rows good and bad, spoiled in one of the ways in which files are."""
    chance = Random(f"bad files|{number}")  # noqa: S311 - repeatable, not secret
    spoil = WAYS[number % len(WAYS)]
    head = list(chance.choice(HEADS))
    rows = [_row(chance, number, place) for place in range(chance.randrange(1, 9))]
    return f"{number}.{spoil.__name__}", spoil(chance, [head, *rows])


def _row(chance: Random, number: int, place: int) -> Row:
    """Half of them are right; else one cell or two are not."""
    phone = f"010-0{number % 1000:03d}-{place:04d}"
    row = ["김나쁜", phone, f"p{number}.{place}@bad.example", chance.choice(GOOD_DAYS)]
    if chance.random() < 0.5:
        for at, bad in enumerate((BAD_NAMES, BAD_PHONES, BAD_EMAILS, BAD_DAYS)):
            if chance.random() < 0.4:
                row[at] = chance.choice(bad)
    return row


def _text(rows: list[Row], *, ending: str = "\n", delimiter: str = ",") -> str:
    return "".join(delimiter.join(_quoted(cell) for cell in row) + ending for row in rows)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set(',;"\r\n\t|') else cell


def cells(_chance: Random, rows: list[Row]) -> bytes:
    return _text(rows).encode()


def encodings(chance: Random, rows: list[Row]) -> bytes:
    codec = chance.choice(("cp949", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "euc-kr"))
    return _text(rows).encode(codec, errors="replace")


def bytes_gone_wrong(chance: Random, rows: list[Row]) -> bytes:
    data = bytearray(_text(rows).encode(chance.choice(("utf-8", "cp949")), errors="replace"))
    for _ in range(chance.randrange(1, 6)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data[: chance.randrange(1, len(data) + 1)])


def quotes(chance: Random, rows: list[Row]) -> bytes:
    text = _text(rows)
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice(('"', '""', '"""', '",', '"\n')) + text[at:]
    return text.encode()


def widths(chance: Random, rows: list[Row]) -> bytes:
    for row in rows[1:]:
        row[chance.randrange(len(row)) :] = [""] * chance.randrange(4) + ["남는 칸"]
    return _text(rows).encode()


def headers(chance: Random, rows: list[Row]) -> bytes:
    head = chance.choice(
        (
            ["", "", "", ""],
            ["이름"] * 4,
            ["가", "나", "다", "라"],
            ["이름\x00", "a\ud7ff", "=b", " "],
        )
    )
    return _text([head, *rows[1:]]).encode()


def line_ends(chance: Random, rows: list[Row]) -> bytes:
    ends = ("\n", "\r\n", "\r", "\n\n", "\x0b", "\u2028")
    return "".join(_text([row], ending=chance.choice(ends)) for row in rows).encode()


def unseen_signs(chance: Random, rows: list[Row]) -> bytes:
    signs = ("\x00", "\x1a", "\u202e", "\u200b", "\ufeff", "\x7f", "\u0301", "\U0001f600")
    for row in rows:
        at = chance.randrange(len(row))
        row[at] = row[at][:2] + chance.choice(signs) + row[at][2:]
    return _text(rows).encode()


def sizes(chance: Random, rows: list[Row]) -> bytes:
    if chance.random() < 0.5:
        return _text([row + ["x"] * MANY_COLUMNS for row in rows]).encode()
    rows[-1][0] = "김" * LARGEST_CELL
    return _text(rows).encode()


def delimiters(chance: Random, rows: list[Row]) -> bytes:
    said = chance.choice(("", "sep=;\n", "sep=,\n", "sep=\n"))
    return (said + _text(rows, delimiter=chance.choice(("\t", ";", "|", "\x1f")))).encode()


def nothing_there(chance: Random, rows: list[Row]) -> bytes:
    return chance.choice((b"", b"\n\n\n", b"\0" * 100, _text(rows[:1]).encode(), b"\xef\xbb\xbf"))


def other_files(chance: Random, _rows: list[Row]) -> bytes:
    starts = (b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1", b"\x89PNG\r\n", b"MZ", b"<html>", b"{")
    return chance.choice(starts) + chance.randbytes(chance.randrange(2_000))


def workbooks(chance: Random, rows: list[Row]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append([_cell(chance, cell) for cell in row])
    held = io.BytesIO()
    book.save(held)
    data = held.getvalue()
    return data if chance.random() < 0.6 else data[: chance.randrange(4, len(data))]


def _cell(chance: Random, cell: str) -> str | int | float:
    clean = "".join(sign for sign in cell if sign >= " ")[:1_000]
    if clean.isdigit() and chance.random() < 0.5:
        return int(clean)
    return clean


def archives(chance: Random, _rows: list[Row]) -> bytes:
    """Some say that they unpack to far more than they do."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as out:
        for part in range(chance.randrange(1, 30)):
            out.writestr(f"{part}.xml", chance.randbytes(50))
    data = bytearray(held.getvalue())
    if chance.random() < 0.3:
        at = data.rfind(b"PK\x01\x02") + 24  # the unpacked size, in the directory
        data[at : at + 4] = BOMB_BYTES.to_bytes(4, "little")
    return bytes(data)


def json_lists(chance: Random, rows: list[Row]) -> bytes:
    head, *others = rows
    found = [dict(zip(head, row, strict=True)) for row in others]
    odd: tuple[object, ...] = (None, 1, [], {"a": {"b": [1]}}, 1e400, "\ud800", "\x00")
    for one in found:
        if chance.random() < 0.5:
            one[chance.choice((head[0], "또", "x\x00y"))] = chance.choice(odd)  # type: ignore[assignment]  # that is the point
    text = chance.choice((json.dumps(found), "[" * 5_000, "[1, 2]", json.dumps(found)[:-3], "[]"))
    return text.encode(errors="surrogatepass")


WAYS: tuple[Callable[[Random, list[Row]], bytes], ...] = (
    *(cells, encodings, bytes_gone_wrong, quotes, widths, headers, line_ends, unseen_signs),
    *(sizes, delimiters, nothing_there, other_files, workbooks, archives, json_lists),
)
