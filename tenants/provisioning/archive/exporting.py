"""A city's data for another system: CSV and JSON, its files, its documents, and what it all means.

A ZIP that opens everywhere and needs nothing of ours. It is not encrypted: whoever asks for it is
handing it over, and says where it goes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg import IsolationLevel
from psycopg.sql import SQL, Composed, Identifier

from tenants.provisioning.archive import tables
from tenants.provisioning.archive.backing_up import Progress, app_version, city_facts
from tenants.provisioning.archive.configuration import ConfigurationText
from tenants.provisioning.archive.crypt import new_file
from tenants.provisioning.archive.dictionary import data_dictionary
from tenants.provisioning.archive.errors import ArchiveThere
from tenants.provisioning.archive.files import digest_of, file_names, files_folder
from tenants.provisioning.owner import Raw, connection_apart

PIECE = 1 << 20
CSV_COPY = SQL("COPY (SELECT {} FROM {}.{} ORDER BY {}) TO STDOUT (FORMAT csv, HEADER true)")
# JSON holds no control character, so nothing is ever quoted: a line is an object.
JSON_COPY = SQL(
    "COPY (SELECT row_to_json(r) FROM (SELECT {} FROM {}.{} ORDER BY {}) r) TO STDOUT"
    " (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')"
)
README = """\
{name} 데이터 내보내기 / Data export, {made_at}

csv/          표마다 CSV 하나 (UTF-8, 첫 줄은 열 이름, 빈 값은 따옴표 없는 빈 칸)
json/         같은 줄을 JSON Lines로 (한 줄에 객체 하나)
files/        첨부 파일. core_files_storedfile의 path가 이름입니다
configuration.yaml   지금 쓰는 기준 문서
dictionary.csv, dictionary.json   표와 열의 뜻 (한국어·영어), 형식, 참조, 개인정보 여부
SHA256SUMS    모든 파일의 지문 (sha256sum -c SHA256SUMS)

csv/          one CSV per table (UTF-8, column names first, an unquoted empty cell is no value)
json/         the same rows as JSON Lines (one object a line)
files/        attachments; core_files_storedfile.path is their name
configuration.yaml   the documents in force
dictionary.csv, dictionary.json   what tables and columns mean (Korean, English), types, references
SHA256SUMS    digests of all files (sha256sum -c SHA256SUMS)
"""


@dataclass(frozen=True, slots=True)
class Exported:
    """The export that was made."""

    path: Path
    bytes: int
    sha256: str
    tables: int
    rows: int
    files: int


class _Box:
    """A ZIP being filled, and the digest of everything in it."""

    def __init__(self, archive: zipfile.ZipFile, *, now: datetime) -> None:
        self._archive, self._at = archive, now.timetuple()[:6]
        self._sums: list[str] = []

    def put(self, name: str, pieces: Iterable[bytes]) -> int:
        """A member from its pieces; how many lines it has."""
        digest, lines = hashlib.sha256(), 0
        member = zipfile.ZipInfo(name, date_time=self._at)
        member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
        with self._archive.open(member, "w", force_zip64=True) as out:
            for piece in pieces:
                digest.update(piece)
                lines += piece.count(b"\n")
                out.write(piece)
        self._sums.append(f"{digest.hexdigest()}  {name}\n")
        return lines

    def put_text(self, name: str, text: str) -> None:
        self.put(name, [text.encode()])

    def close(self) -> None:
        self._archive.writestr("SHA256SUMS", "".join(self._sums))


def city_export(
    code: str,
    path: Path,
    *,
    now: datetime,
    configuration: ConfigurationText,
    progress: Progress = lambda _done, _total: None,
) -> Exported:
    """Write everything a city has to a new ZIP. Raises ArchiveThere."""
    if path.exists():
        raise ArchiveThere(f"이미 있는 파일은 덮어쓰지 않습니다: {path}")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        with new_file(part) as out, zipfile.ZipFile(out, "w") as archive:
            box = _Box(archive, now=now)
            counts = _fill(box, code, now, configuration, progress)
            box.close()
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    return Exported(path, path.stat().st_size, digest_of(path), *counts)


def _fill(
    box: _Box, code: str, now: datetime, configuration: ConfigurationText, progress: Progress
) -> tuple[int, int, int]:
    """Tables, rows and files that went in."""
    rows = _put_tables(box, code, progress)
    files = _put_files(box, code)
    box.put_text("configuration.yaml", configuration.yaml)
    entries = data_dictionary()
    box.put_text("dictionary.json", json.dumps(entries, ensure_ascii=False, indent=1))
    box.put_text("dictionary.csv", _as_csv(entries))
    facts = {"app": app_version(), "made_at": now, "city": asdict(city_facts(code)), "rows": rows}
    box.put_text("export.json", json.dumps(facts, ensure_ascii=False, indent=1, default=str))
    name = city_facts(code).name_ko
    box.put_text("README.txt", README.format(name=name, made_at=now.isoformat()))
    return len(rows), sum(rows.values()), files


def _put_tables(box: _Box, code: str, progress: Progress) -> dict[str, int]:
    """Table -> rows, all of one moment."""
    with connection_apart() as raw:
        raw.isolation_level, raw.read_only = IsolationLevel.REPEATABLE_READ, True
        with raw.transaction():
            columns, found = tables.whole_tables(raw, code), {}
            keys = tables.primary_keys(raw, code)
            for done, (table, names) in enumerate(columns.items(), start=1):
                order = tables.in_order(names, keys, table)
                for kind, copy in (("csv", CSV_COPY), ("json", JSON_COPY)):
                    pieces = _copied(raw, _query(copy, code, table, names, order))
                    ending = "csv" if kind == "csv" else "jsonl"
                    found[table] = box.put(f"{kind}/{table}.{ending}", pieces)
                progress(done, len(columns))
            return found


def _query(
    copy: SQL, code: str, table: str, columns: Sequence[str], order: Sequence[str]
) -> Composed:
    several, sorted_by = (SQL(", ").join(map(Identifier, names)) for names in (columns, order))
    return copy.format(several, Identifier(code), Identifier(table), sorted_by)


def _copied(raw: Raw, statement: Composed) -> Iterator[bytes]:
    with raw.cursor() as cursor, cursor.copy(statement) as copy:
        for piece in copy:
            yield bytes(piece)


def _put_files(box: _Box, code: str) -> int:
    count, folder = 0, files_folder(code)
    for name in file_names(code):
        box.put(f"files/{name}", _pieces(folder / name))
        count += 1
    return count


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as source:
        while piece := source.read(PIECE):
            yield piece


def _as_csv(entries: Sequence[dict[str, Any]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(entries[0]))
    writer.writeheader()
    writer.writerows(entries)
    return out.getvalue()
