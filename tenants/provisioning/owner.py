"""The owner's connection: stock django-tenants, so that migrations find their schema."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, transaction
from psycopg import Connection
from psycopg.sql import SQL, Composed

Raw = Connection[tuple[Any, ...]]
Statement = SQL | Composed

_owner: Any = connection  # django-tenants' backend in this process


def use_schema(code: str) -> None:
    """Work in this city's schema (and the extensions'), not in the shared one."""
    _owner.set_schema(code, include_public=False)


def use_shared_schema() -> None:
    _owner.set_schema_to_public()


def raw_connection() -> Raw:
    """The driver's own connection, in autocommit: django-tenants adds a SET to every cursor."""
    if connection.connection is not None and connection.connection.closed:
        connection.close()  # the server hung up: the next city gets a new one
    connection.ensure_connection()
    raw: Raw = connection.connection
    return raw


@contextmanager
def connection_apart() -> Iterator[Raw]:
    """One more connection of the owner, in autocommit: for a long transaction beside the usual one.

    Values are read and written alike on every server: dates in ISO, times in UTC.
    """
    given = settings.DATABASES["default"]
    options = "-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=iso_8601 -c extra_float_digits=3"
    raw: Raw = psycopg.connect(
        host=given["HOST"],
        port=given["PORT"],
        dbname=given["NAME"],
        user=given["USER"],
        password=given["PASSWORD"],
        **{**given["OPTIONS"], "options": options},
        autocommit=True,
        application_name="sodam_archive",
    )
    with raw:
        yield raw


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
