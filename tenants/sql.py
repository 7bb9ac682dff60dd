"""The one door for raw SQL (COPY, claims, rollups: what the ORM cannot say), inside the walls."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from psycopg import sql as psycopg_sql

from tenants.isolation.backend.owing import OwingConnection
from tenants.serving import city_role


def rows(statement: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[dict[str, Any]]:
    """Run a query in the city being served; each row as a dict of its columns."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def execute(statement: str, params: Sequence[Any] = ()) -> int:
    """Run a statement in the city being served; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return int(cursor.rowcount)


def tuples(statement: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Run a query in the city being served; each row as the database gives it."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


def owe(statement: str, params: Sequence[Any] = ()) -> None:
    """Run a statement together with the next one of this transaction, or with its COMMIT.

    For writes whose result nobody waits for. Outside a transaction, and as the owner, at once.
    """
    wrapper = connections[DEFAULT_DB_ALIAS]
    if wrapper.in_atomic_block and isinstance(wrapper.connection, OwingConnection):
        with wrapper.wrap_database_errors:
            wrapper.validate_no_broken_transaction()
        with wrapper.wrap_database_errors:
            wrapper.connection.owe(statement, params)
    else:
        execute(statement, params)


def copy_in(table: str, columns: Sequence[str], lines: Iterable[Sequence[Any]]) -> int:
    """COPY rows into a table of the city being served; how many were written."""
    count = 0
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(_copy(table, columns)) as copy,
    ):
        for line in lines:
            copy.write_row(line)
            count += 1
    return count


def copy_text(table: str, columns: Sequence[str], lines: Iterable[str]) -> None:
    """As `copy_in`, of lines in COPY's text format, each with its end: see `copy_cell`.

    For very many rows, whose types the caller writes faster than the driver tells them. The server
    writes one block while the next is made.
    """
    following = iter(lines)
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(_copy(table, columns)) as copy,
    ):
        while block := "".join(islice(following, BLOCK)):
            copy.write(block)


def copy_cell(text: str) -> str:
    """A text as a cell of COPY's text format."""
    return text.translate(_ESCAPED) if _SPECIAL.search(text) else text


BLOCK = 250
"""Lines that leave together."""
_SPECIAL = re.compile(r"[\\\t\n\r]")
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _copy(table: str, columns: Sequence[str]) -> psycopg_sql.Composed:
    return psycopg_sql.SQL("COPY {} ({}) FROM STDIN").format(
        psycopg_sql.Identifier(table),
        psycopg_sql.SQL(", ").join(psycopg_sql.Identifier(column) for column in columns),
    )


def in_schema(statement: str, code: str) -> str:
    """The statement with this city's schema, quoted, in the place of `{schema}`.

    For the login `rollup`, which reads one table of every city. Raises UnknownCity for what cannot
    be a city's code.
    """
    city_role(code)
    return statement.replace("{schema}", connection.ops.quote_name(code))
