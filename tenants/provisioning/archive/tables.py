"""What is in a city's schema, asked of the server's own lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import LiteralString

from psycopg.sql import SQL, Composed, Identifier

from tenants.provisioning.owner import Raw

HISTORY = "django_migrations"  # travels as a list of names; each schema writes its own rows

_COLUMNS = """
SELECT c.relname, a.attname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE n.nspname = %s AND {which} AND c.relname <> %s AND a.attgenerated = ''
ORDER BY c.relname COLLATE "C", a.attnum
"""
_WITH_ROWS = _COLUMNS.format(which="c.relkind = 'r'")
_AS_MEANT = _COLUMNS.format(which="c.relkind IN ('r', 'p') AND NOT c.relispartition")
_KEYS = """
SELECT c.relname, a.attname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY k (attnum, place)
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
WHERE n.nspname = %s AND i.indisprimary ORDER BY c.relname, k.place
"""
_SEQUENCES = """
SELECT c.relname, a.attname, s.relname, q.last_value
FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
JOIN pg_class c ON c.oid = d.refobjid JOIN pg_attribute a
  ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
JOIN pg_namespace n ON n.oid = s.relnamespace
JOIN pg_sequences q ON q.schemaname = n.nspname AND q.sequencename = s.relname
WHERE n.nspname = %s AND d.deptype IN ('a', 'i') AND d.classid = 'pg_class'::regclass
  AND d.refclassid = 'pg_class'::regclass ORDER BY 1, 2
"""
_FOREIGN_KEYS = """
SELECT c.relname, k.conname, pg_get_constraintdef(k.oid) FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = %s AND k.contype = 'f' ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A reference, as it is written when it is added."""

    table: str
    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """Where the numbers of a column come from, and the last one given out (None: not one yet)."""

    table: str
    column: str
    name: str
    last: int | None


def table_columns(raw: Raw, code: str) -> dict[str, tuple[str, ...]]:
    """Table -> its columns in order, the tables by name; without the list of migrations.

    Those that hold rows: of a table in parts, its parts.
    """
    return _columns(raw, code, _WITH_ROWS)


def whole_tables(raw: Raw, code: str) -> dict[str, tuple[str, ...]]:
    """The same, as our models know them: a table in parts is one."""
    return _columns(raw, code, _AS_MEANT)


def _columns(raw: Raw, code: str, query: LiteralString) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for table, column in raw.execute(query, [code, HISTORY]):
        found.setdefault(table, []).append(column)
    return {table: tuple(columns) for table, columns in found.items()}


def primary_keys(raw: Raw, code: str) -> dict[str, tuple[str, ...]]:
    """Table -> the columns of its primary key."""
    found: dict[str, list[str]] = {}
    for table, column in raw.execute(_KEYS, [code]):
        found.setdefault(table, []).append(column)
    return {table: tuple(columns) for table, columns in found.items()}


def sequences(raw: Raw, code: str) -> list[Numbers]:
    return [Numbers(*row) for row in raw.execute(_SEQUENCES, [code])]


def foreign_keys(raw: Raw, code: str) -> list[ForeignKey]:
    """With the schema's own names only when its search_path is set."""
    return [ForeignKey(*row) for row in raw.execute(_FOREIGN_KEYS, [code])]


def migrations_of(raw: Raw, code: str) -> tuple[str, ...]:
    """`app.name` of every migration the schema has, sorted."""
    statement = SQL("SELECT app || '.' || name FROM {}.{}").format(
        Identifier(code), Identifier(HISTORY)
    )
    return tuple(sorted(name for (name,) in raw.execute(statement)))


def schema_exists(raw: Raw, code: str) -> bool:
    found = raw.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [code])
    return found.fetchone() is not None


def search_in(code: str) -> Composed:
    """For this transaction: names are looked up in the city's schema."""
    return SQL("SET LOCAL search_path = {}, extensions").format(Identifier(code))


def in_order(columns: Sequence[str], keys: Mapping[str, Sequence[str]], table: str) -> list[str]:
    """What the rows of a table are sorted by: its primary key; all columns when it has none."""
    return list(keys.get(table) or columns)
