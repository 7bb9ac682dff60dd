"""Keeping an uploaded file as one form: UTF-8 text with delimiters, whatever it came as."""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import File

from core_crm.imports.errors import TableTooLarge, TableUnreadable
from core_crm.imports.services.decoding import BYTE_ORDER_MARKS, SAMPLE_BYTES, wide_codec
from core_crm.imports.services.reading import NOT_TEXT, SNIFFED_CHARACTERS, delimited
from core_crm.imports.services.workbooks import MARK, workbook_read

LARGEST_UPLOAD_BYTES = 1024 * 1024 * 1024
LARGEST_WORKBOOK_BYTES = 60 * 1024 * 1024
LARGEST_JSON_BYTES = 60 * 1024 * 1024
LINE_ENDS = str.maketrans({"\n": " ", "\r": " ", "\0": None})
HALF_SIGN = re.compile("[\ud800-\udfff]")
CODECS = {"utf-8": "utf-8", "cp949": "cp949", "utf-16": "utf-16"}


@dataclass(frozen=True, slots=True)
class Kept:
    """How the file was written, what parts its cells now, and how many lines it has."""

    encoding: str
    delimiter: str
    lines: int


def upload_keep(upload: File[bytes], target: Path, *, encoding: str = "auto") -> Kept:
    """Write the upload to `target` as UTF-8, line by line where it was. Memory does not grow with
    a CSV; workbooks and JSON have limits. Raises TableUnreadable, TableTooLarge.
    """
    if (upload.size or 0) > LARGEST_UPLOAD_BYTES:
        raise TableTooLarge(
            "파일이 너무 큽니다. 나누어 올려 주세요.", limit_bytes=LARGEST_UPLOAD_BYTES
        )
    upload.seek(0)
    head = upload.read(SAMPLE_BYTES)
    upload.seek(0)
    if not head.strip(b"\0 \r\n\t"):
        raise TableUnreadable("빈 파일입니다. 열 이름과 행이 있는 파일을 올려 주세요.")
    if head.startswith(MARK):
        return _keep_workbook(upload, target)
    for mark, message in NOT_TEXT:
        if head.startswith(mark):
            raise TableUnreadable(message)
    if head.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"[":
        return _keep_json(upload, target)
    return _keep_text(upload, target, encoding)


def _keep_text(upload: File[bytes], target: Path, encoding: str) -> Kept:
    name, codec, skip = _codec(upload, encoding)
    lines, delimiter, last = 0, "", ""
    with target.open("w", encoding="utf-8", newline="") as out:
        for text in _decoded(upload, codec, skip):
            begins = 0
            if not delimiter:
                start = text[:SNIFFED_CHARACTERS]
                rest, delimiter = delimited(start)
                begins = len(start) - len(rest)
            lines += max(text.count("\n"), text.count("\r"))
            out.write(text[begins:])
            last = text[-1]
    return Kept(name, delimiter, lines + (last not in "\r\n"))


def _codec(upload: File[bytes], encoding: str) -> tuple[str, str, int]:
    """The name of the encoding, its codec, and how many bytes of a mark stand before the text."""
    upload.seek(0)
    head = upload.read(SAMPLE_BYTES)
    for mark, name, codec in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return name, codec, len(mark)
    if encoding in CODECS:
        wide = "utf-16-le" if encoding == "utf-16" else CODECS[encoding]
        return encoding, wide, 0
    if wide := wide_codec(head):
        return wide, wide, 0
    faults = {"utf-8": _faults(upload, "utf-8")}
    if faults["utf-8"]:
        faults["cp949"] = _faults(upload, "cp949")
    best = min(faults, key=lambda codec: faults[codec])
    return best, best, 0


def _faults(upload: File[bytes], codec: str) -> int:
    """How much of the file this codec cannot read; not counted beyond what UTF-8 settles."""
    return sum(text.count("\ufffd") for text in _decoded(upload, codec, 0))


def _decoded(upload: File[bytes], codec: str, skip: int) -> Iterator[str]:
    upload.seek(skip)
    decoder = codecs.getincrementaldecoder(codec)("replace")
    while block := upload.read(1 << 20):
        if text := decoder.decode(block).replace("\0", ""):
            yield text
    if text := decoder.decode(b"", final=True):
        yield text


def _keep_workbook(upload: File[bytes], target: Path) -> Kept:
    if (upload.size or 0) > LARGEST_WORKBOOK_BYTES:
        raise TableTooLarge(
            "엑셀 파일은 60MB까지 읽습니다. ‘CSV UTF-8’로 저장해 올려 주세요.",
            limit_bytes=LARGEST_WORKBOOK_BYTES,
        )
    table = workbook_read(upload.read())
    rows = [(row.number, row.cells) for row in table.rows]
    first = rows[0][0] - 1 if rows else 1
    return Kept("xlsx", ",", _written(target, table.columns, rows, head_at=first))


def _keep_json(upload: File[bytes], target: Path) -> Kept:
    """A list of flat objects: their keys are the columns, in the order in which they appear."""
    if (upload.size or 0) > LARGEST_JSON_BYTES:
        raise TableTooLarge(
            "JSON 파일은 60MB까지 읽습니다. CSV로 저장해 올려 주세요.",
            limit_bytes=LARGEST_JSON_BYTES,
        )
    try:
        found = json.loads(upload.read().decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise TableUnreadable("JSON 파일을 읽을 수 없습니다. 객체의 목록이어야 합니다.") from None
    if not found or not all(isinstance(each, dict) for each in found):
        raise TableUnreadable("JSON 파일을 읽을 수 없습니다. 객체의 목록이어야 합니다.")
    columns = tuple(dict.fromkeys(str(key) for each in found for key in each))
    rows = [
        (at, tuple(_plain(each.get(column)) for column in columns))
        for at, each in enumerate(found, start=2)
    ]
    return Kept("json", ",", _written(target, columns, rows, head_at=1))


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _written(
    target: Path,
    columns: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str]]],
    *,
    head_at: int,
) -> int:
    """Each row on the line of its own number, so that a refusal names the row people see."""
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        line = 1
        for at, cells in [(head_at, columns), *rows]:
            out.write("\n" * (at - line))
            writer.writerow([_in_one_line(cell) for cell in cells])
            line = at + 1
    return line - 1


def _in_one_line(cell: str) -> str:
    """Without what no text may hold; half a sign is one that could not be read."""
    return HALF_SIGN.sub("\ufffd", cell.translate(LINE_ENDS))
