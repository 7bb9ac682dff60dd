"""The owner's connection: stock django-tenants, so that migrations find their schema."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from psycopg import Connection
from psycopg.sql import SQL, Composed

Statement = SQL | Composed

_owner: Any = connection  # django-tenants' backend in this process


def use_schema(code: str) -> None:
    """Work in this city's schema (and the extensions'), not in the shared one."""
    _owner.set_schema(code, include_public=False)


def use_shared_schema() -> None:
    _owner.set_schema_to_public()


def raw_connection() -> Connection[tuple[Any, ...]]:
    """The driver's own connection, in autocommit: django-tenants adds a SET to every cursor."""
    if connection.connection is not None and connection.connection.closed:
        connection.close()  # the server hung up: the next city gets a new one
    connection.ensure_connection()
    raw: Connection[tuple[Any, ...]] = connection.connection
    return raw


@transaction.atomic
def run(statements: Sequence[Statement]) -> None:
    """Run statements as the owner in one transaction, or in the caller's."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def rows(statement: Statement | str, params: Sequence[Any] | dict[str, Any] = ()) -> list[Any]:
    """The rows of a query, asked as the owner."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())
