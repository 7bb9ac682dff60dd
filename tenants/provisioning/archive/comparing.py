"""Two cities, or a city and an archive, held against each other: tables, rows, checksums, files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from psycopg import IsolationLevel

from tenants.provisioning.archive import tables
from tenants.provisioning.archive.copying import table_facts
from tenants.provisioning.archive.files import files_facts
from tenants.provisioning.archive.opening import archive_sums
from tenants.provisioning.archive.types import FilesFacts, TableFacts
from tenants.provisioning.owner import Raw, connection_apart

VOLATILE = {
    "django_session": "who is logged in just now",
    "core_audit_auditseal": "seals over entries, added each minute; the entries are compared",
    "core_audit_disclosureseal": "seals over disclosures, added each minute; those are compared",
    "core_common_idempotencyrecord": "answers kept for a day for callers that ask twice",
    "core_kpis_dirtyday": "a list of what a job is to count again; it is empty when it has",
}
"""Tables that are left out, each with the reason: they hold nothing that a city would miss."""
MACHINES_OWN = {"core_audit_auditentry": ("seal_id",)}
"""Columns that a job fills in by itself within a minute: sealing is no change of an entry."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, summed up."""

    name: str
    columns: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, TableFacts]
    files: FilesFacts


@dataclass(frozen=True, slots=True)
class Difference:
    """A table, or `files`, that is not the same; None: there is none on that side."""

    place: str
    left_rows: int | None
    right_rows: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs. Empty `differences`: both hold the same."""

    left: str
    right: str
    tables: int
    rows: int
    files: int
    differences: tuple[Difference, ...]
    left_out: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "count": len(self.differences)}


def cities_compare(left: str, right: str) -> Comparison:
    """Two cities of this database as they are now, each at one moment."""
    with connection_apart() as raw:
        raw.isolation_level = IsolationLevel.REPEATABLE_READ
        with raw.transaction():  # one moment for both
            one = _city(raw, left)
            return _compare(one, _city(raw, right, columns=one.columns))


def city_compare_archive(code: str, path: Path) -> Comparison:
    """A city as it is now with an archive; the archive is read and judged to its end."""
    manifest, sums = archive_sums(path, without=MACHINES_OWN)
    archive = Side(path.name, manifest.head.tables, sums, manifest.files)
    with connection_apart() as raw, raw.transaction():
        return _compare(_city(raw, code, columns=archive.columns), archive)


def _city(raw: Raw, code: str, *, columns: Mapping[str, tuple[str, ...]] | None = None) -> Side:
    """`columns`: the order to read them in, where both sides have the same ones."""
    keys, own = tables.primary_keys(raw, code), tables.table_columns(raw, code)
    read = {name: _order(cols, (columns or own).get(name, cols)) for name, cols in own.items()}
    facts = {
        table: table_facts(
            raw,
            code,
            table,
            columns=_peoples(table, cols),
            order=tables.in_order(cols, keys, table),
        )
        for table, cols in read.items()
        if table not in VOLATILE
    }
    return Side(code, own, facts, files_facts(code))


def _peoples(table: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in columns if name not in MACHINES_OWN.get(table, ()))


def _order(own: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[str, ...]:
    return wanted if set(own) == set(wanted) else own


def _compare(left: Side, right: Side) -> Comparison:
    names = sorted((set(left.tables) | set(right.tables)) - set(VOLATILE))
    found = [_difference(name, left, right) for name in names]
    if left.files != right.files:
        found.append(Difference("files", left.files.count, right.files.count, "files"))
    return Comparison(
        left=left.name,
        right=right.name,
        tables=len(names),
        rows=sum(facts.rows for name, facts in left.tables.items() if name not in VOLATILE),
        files=left.files.count,
        differences=tuple(one for one in found if one is not None),
        left_out=tuple(VOLATILE),
    )


def _difference(name: str, left: Side, right: Side) -> Difference | None:
    one, other = left.tables.get(name), right.tables.get(name)
    if one == other:
        return None
    reason = _reason(one, other)
    if set(left.columns.get(name, ())) != set(right.columns.get(name, ())):
        reason = "columns"
    return Difference(name, one.rows if one else None, other.rows if other else None, reason)


def _reason(one: TableFacts | None, other: TableFacts | None) -> str:
    if one is None or other is None:
        return "missing"
    return "rows" if one.rows != other.rows else "values"
