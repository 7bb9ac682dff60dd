"""The door for hot paths: rows of one model, read and written without composing a query each time.

An act of the field leaves a trail: a transition, a line of history, an audit entry, an event, a
message. `insert` writes such rows without a round trip of their own: they leave with the next
statement of the transaction, or with its COMMIT. What the database refuses is raised there, and at
the end of an inner `atomic()` at the latest: there the refusal of a row that somebody else wrote
first is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, models
from django.db.models.expressions import DatabaseDefault
from psycopg.errors import UniqueViolation

from tenants import sql
from tenants.isolation.objects import CityModel, check
from tenants.scope import current

M = TypeVar("M", bound=CityModel)
if TYPE_CHECKING:
    Column = models.Field[Any, Any]
else:
    Column = models.Field

AS_THEY_ARE = frozenset({str, int, bool, float, UUID, type(None)})
"""What the driver writes without Django's help."""
UNLESS_THERE = " ON CONFLICT DO NOTHING"
OWN = "own"


@dataclass(frozen=True, slots=True)
class _Table:
    """How rows of a model stand in its table. `loaded`: columns that Django reads its own way."""

    columns: tuple[tuple[str, Column], ...]
    attributes: tuple[str, ...]
    loaded: tuple[tuple[int, Column], ...]
    select: str
    into: str


@lru_cache(maxsize=256)
def _table(model: type[models.Model]) -> _Table:
    columns = tuple(model._meta.local_concrete_fields)
    quote = connection.ops.quote_name
    name = quote(model._meta.db_table)
    names = ", ".join(quote(str(field.column)) for field in columns)
    return _Table(
        columns=tuple((field.attname, field) for field in columns),
        attributes=tuple(field.attname for field in columns),
        loaded=tuple(each for each in enumerate(columns) if hasattr(each[1], "from_db_value")),
        select=f"SELECT {names} FROM {name} WHERE ",  # noqa: S608 - names of our own models
        into=f"INSERT INTO {name} ({names})",
    )


def find(model: type[M], where: str, params: Sequence[Any] = ()) -> list[M]:
    """The rows for which the SQL after WHERE holds (an ORDER BY or a lock may follow it)."""
    table = _table(model)
    return [
        model.from_db(DEFAULT_DB_ALIAS, table.attributes, _loaded(row, table))
        for row in sql.tuples(table.select + where, params)
    ]


def find_with(
    model: type[M], related: tuple[str, ...], where: str, params: Sequence[Any] = ()
) -> list[M]:
    """As `find`, each row with what these foreign keys lead to, in one statement.

    A key of a key is written `owner__user`, after `owner`. In `where` the row itself is `own`.
    """
    parts, select = _parts(model, related)
    return [_assembled(row, parts) for row in sql.tuples(select + where, params)]


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the tables that stand side by side; the first is the model's own, without `key`."""

    path: str
    model: type[Any]
    table: _Table
    before: str = ""
    key: Any = None


@lru_cache(maxsize=64)
def _parts(model: type[CityModel], related: tuple[str, ...]) -> tuple[tuple[_Part, ...], str]:
    """The tables in their order, and the SELECT that reads them up to its WHERE."""
    parts = {OWN: _Part(OWN, model, _table(model))}
    for path in related:
        before, _, name = path.rpartition("__")
        key: Any = parts[before or OWN].model._meta.get_field(name)
        other = key.related_model
        parts[path] = _Part(path, other, _table(other), before or OWN, key)
    quote = connection.ops.quote_name
    columns = ", ".join(
        f"{quote(part.path)}.{quote(str(field.column))}"
        for part in parts.values()
        for _attribute, field in part.table.columns
    )
    joins = "".join(
        f" LEFT JOIN {quote(part.model._meta.db_table)} {quote(part.path)}"
        f" ON {quote(part.path)}.id = {quote(part.before)}.{quote(part.key.column)}"
        for part in list(parts.values())[1:]
    )
    start = f"SELECT {columns} FROM {quote(model._meta.db_table)} {OWN}{joins} WHERE "  # noqa: S608
    return tuple(parts.values()), start


def _assembled(row: tuple[Any, ...], parts: tuple[_Part, ...]) -> Any:
    """The row's own object, with the others in the places of their keys."""
    made: dict[str, Any] = {}
    start = 0
    for part in parts:
        values = row[start : start + len(part.table.columns)]
        start += len(part.table.columns)
        holder = made.get(part.before)
        is_there = part.key is None or getattr(holder, part.key.attname, None) is not None
        made[part.path] = _object(part, values) if is_there else None
        if holder is not None:
            part.key.set_cached_value(holder, made[part.path])
    return made[OWN]


def _object(part: _Part, values: tuple[Any, ...]) -> Any:
    loaded = _loaded(values, part.table)
    return part.model.from_db(DEFAULT_DB_ALIAS, part.table.attributes, loaded)


def insert(*rows: CityModel, unless_there: bool = False) -> None:
    """Write new rows of one model, soon; outside a transaction at once. Sends no signals."""
    if rows:
        _write(rows, sql.owe, ending=UNLESS_THERE if unless_there else "")


def insert_unless(row: CityModel, where: str, params: Sequence[Any]) -> None:
    """Write a new row, soon, unless one stands there for which the SQL after WHERE holds.

    Two at the same moment are kept apart by the table's unique keys; `find` says whose it became.
    """
    table, values = _table(type(row)), list[Any]()
    given = _values(row, table.columns, values)[1:-1]
    statement = (
        f"{table.into} SELECT {given} WHERE NOT EXISTS ({table.select}{where}){UNLESS_THERE}"
    )
    sql.owe(statement, [*values, *params])


def update(row: CityModel, *names: str) -> None:
    """Write these values of a row that stands in the table, soon; outside a transaction at once."""
    check(row, type(row).__name__)
    meta, quote = type(row)._meta, connection.ops.quote_name
    fields = [field for field in meta.local_concrete_fields if field.name in names]
    if len(fields) != len(set(names)):
        raise FieldDoesNotExist(f"{meta.label} has no {', '.join(names)}")
    changes = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    params = [_ready(field, getattr(row, field.attname)) for field in fields]
    sql.owe(f"UPDATE {quote(meta.db_table)} SET {changes} WHERE id = %s", [*params, row.pk])  # noqa: S608


def is_about(refused: IntegrityError, model: type[CityModel], name: str) -> bool:
    """Did the database refuse a second row with this value of a field that is unique by itself?"""
    cause = refused.__cause__
    key = f"{model._meta.db_table}_{name}_key"
    return isinstance(cause, UniqueViolation) and cause.diag.constraint_name == key


def _write(
    rows: Sequence[CityModel], send: Callable[[str, list[Any]], object], *, ending: str = ""
) -> None:
    table, params = _table(type(rows[0])), list[Any]()
    values = ", ".join([_values(row, table.columns, params) for row in rows])
    send(f"{table.into} VALUES {values}{ending}", params)
    city = current().schema
    for row in rows:
        row._city, row._state.adding, row._state.db = city, False, DEFAULT_DB_ALIAS


def _values(row: CityModel, columns: tuple[tuple[str, Column], ...], params: list[Any]) -> str:
    """The row's place holders; its values go to `params`, what the database fills in does not."""
    check(row, type(row).__name__)
    given, holders = vars(row), []
    for name, field in columns:
        value = given[name]
        if type(value) is DatabaseDefault:
            holders.append("DEFAULT")
        else:
            holders.append("%s")
            params.append(_ready(field, value))
    return f"({', '.join(holders)})"


def _ready(field: Column, value: Any) -> Any:
    """The value as the driver takes it."""
    kind = type(value)
    is_aware = kind is datetime and value.tzinfo is not None
    is_plain = kind in AS_THEY_ARE and not isinstance(field, models.JSONField)
    if is_aware or is_plain or isinstance(field, ArrayField):
        return value
    return field.get_db_prep_save(value, connection)


def _loaded(row: tuple[Any, ...], table: _Table) -> Sequence[Any]:
    if not table.loaded:
        return row
    values = list(row)
    for place, field in table.loaded:
        values[place] = field.from_db_value(values[place], None, connection)  # type: ignore[attr-defined]  # looked for
    return values
