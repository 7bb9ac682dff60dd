"""Looking for what was erased: ids, e-mail addresses and telephone numbers of a city, everywhere.

Ids are made once and for one city, so a single hit is a trace. What another city knows as well
(the original of a copy, a person who lives in two places) proves nothing and is counted apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from psycopg.sql import SQL, Identifier

from tenants.isolation.keys import cache_values
from tenants.provisioning.archive import tables
from tenants.provisioning.archive.copying import rows_out
from tenants.provisioning.archive.declared import told_tables
from tenants.provisioning.owner import Raw, connection_apart

IDS_PER_TABLE, PER_COLUMN = 400, 4_000
TOKEN = re.compile(
    rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    rb"|\+[1-9][0-9]{6,14}"
    rb"|[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+"
)
LONGEST_TOKEN = 320
_SCHEMAS = """
SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%%'
AND nspname NOT IN ('information_schema', 'extensions') AND nspname <> %s ORDER BY 1
"""


@dataclass(slots=True)
class Place:
    """What was looked through, and how many of the values were found in it."""

    looked_at: int = 0
    hits: int = 0


def values_of(code: str) -> set[bytes]:
    """Values that only this city should hold: ids of every table, contacts of its people."""
    with connection_apart() as raw, raw.transaction():
        columns = tables.table_columns(raw, code)
        found = {value for one in columns for value in _ids(raw, code, one, columns[one])}
        for table, said in told_tables().items():
            contacts = [name for name, kind in said.columns.items() if kind in ("email", "phone")]
            for column in contacts if table in columns else ():
                found |= set(_values(raw, code, table, column, PER_COLUMN))
    return {value for value in found if TOKEN.fullmatch(value)}


def _ids(raw: Raw, code: str, table: str, columns: tuple[str, ...]) -> Iterator[bytes]:
    if "id" in columns:
        yield from _values(raw, code, table, "id", IDS_PER_TABLE)


def _values(raw: Raw, code: str, table: str, column: str, most: int) -> Iterator[bytes]:
    statement = SQL("SELECT DISTINCT {c}::text FROM {s}.{t} WHERE {c}::text <> '' LIMIT {n}")
    names = {"c": Identifier(column), "s": Identifier(code), "t": Identifier(table), "n": most}
    for (value,) in raw.execute(statement.format(**names)):
        yield str(value).encode()


def elsewhere(code: str, values: set[bytes]) -> set[bytes]:
    """Which of them stand in another schema, or in the files' names or the cache of another."""
    found: set[bytes] = set()
    with connection_apart() as raw:
        for _rows, tokens in _database(raw, but=code):
            found |= tokens & values
    return found


def scan(values: set[bytes]) -> dict[str, Place]:
    """Every table of the database, every file's name, every value of the cache."""
    places = {name: Place() for name in ("database", "files", "cache")}
    with connection_apart() as raw:
        for rows, tokens in _database(raw):
            _count(places["database"], rows, tokens & values)
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        _count(places["files"], 1, _tokens(str(path).encode()) & values)
    for value in cache_values():
        _count(places["cache"], 1, _tokens(value) & values)
    return places


def _count(place: Place, looked_at: int, found: set[bytes]) -> None:
    place.looked_at += looked_at
    place.hits += len(found)


def _database(raw: Raw, *, but: str = "") -> Iterator[tuple[int, set[bytes]]]:
    """Rows and tokens, piece by piece, of every table of every schema but one."""
    for (schema,) in raw.execute(_SCHEMAS, [but]).fetchall():
        columns = tables.table_columns(raw, schema)
        for table, names in columns.items():
            for piece in rows_out(raw, schema, table, columns=names, order=()):
                yield piece.count(b"\n"), _tokens(piece)


def _tokens(piece: bytes) -> set[bytes]:
    return set(TOKEN.findall(piece))


def hits(places: Iterable[Any]) -> int:
    return sum(place.hits for place in places)
