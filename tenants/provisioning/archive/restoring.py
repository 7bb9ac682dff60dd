"""An archive into an empty schema: tables at its migrations, then its rows and files, judged.

All rows are written in one transaction with the references taken off and put back: after a kill,
or for an archive that is not what it says, the schema is as empty as before.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.migrations.loader import MigrationLoader
from psycopg import DataError, IntegrityError
from psycopg.sql import SQL, Composable, Identifier

from tenants.provisioning import replay, roles
from tenants.provisioning.archive import tables
from tenants.provisioning.archive.copying import RowsSeen, rows_in, table_facts
from tenants.provisioning.archive.crypt import new_file
from tenants.provisioning.archive.errors import ArchiveTorn
from tenants.provisioning.archive.files import (
    FilesSeen,
    files_facts,
    files_folder,
    part_folder,
    place_in,
)
from tenants.provisioning.archive.members import NOT_WHOLE, Member
from tenants.provisioning.archive.opening import (
    archive_head,
    file_of,
    judged,
    manifest_in,
    migrations_in,
    opened,
    table_of,
)
from tenants.provisioning.archive.types import (
    DATA,
    FILES,
    MANIFEST,
    Head,
    Manifest,
)
from tenants.provisioning.owner import Raw, connection_apart, run
from tenants.schema import Key, migrations_on_disk

Progress = Callable[[int, int], None]


def schema_for(path: Path, code: str, *, with_role: bool = True) -> None:
    """An empty schema with the tables of the archive's migrations. What stood there is dropped.

    `with_role`: a city's own login and rights; without, only the owner can look into it.
    """
    head = archive_head(path)
    wanted = migrations_in(head)
    if wanted == migrations_on_disk():
        _newest_tables(code, with_role=with_role)
    else:
        _empty_schema(code, with_role=with_role)
        replay.migrate_schema(code, _last_of_each(wanted))
    if with_role:
        run([roles.after_tables_sql(code)])


def _newest_tables(code: str, *, with_role: bool) -> None:
    """By replay, all or nothing; the first time by Django's migrations, which are recorded."""
    with transaction.atomic() if replay.recording_path().exists() else nullcontext():
        _empty_schema(code, with_role=with_role)
        replay.make_tables(code)


def _empty_schema(code: str, *, with_role: bool) -> None:
    drop = SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(Identifier(code))
    make = SQL("CREATE SCHEMA {}").format(Identifier(code))
    database = settings.DATABASES["default"]["NAME"]
    run([drop, *(roles.city_sql(database, code) if with_role else [make])])


def _last_of_each(wanted: set[Key]) -> list[Key]:
    """Per app the migration that no other of it stands on: what Django is to go to."""
    nodes = MigrationLoader(None).graph.node_map
    followed = {
        key
        for key in wanted
        for child in nodes[key].children
        if child.key in wanted and child.key[0] == key[0]
    }
    return sorted(wanted - followed)


def rows_restore(path: Path, code: str, *, progress: Progress = lambda _d, _t: None) -> Manifest:
    """Every row and file of an archive into a schema made by `schema_for`. Safe to repeat.

    Raises ArchiveTorn when the archive is not what it says; then nothing of it was kept.
    """
    shutil.rmtree(part_folder(code), ignore_errors=True)
    try:
        with connection_apart() as raw, raw.transaction():
            raw.execute(tables.search_in(code))
            manifest = _load(raw, path, code, progress)
        _files_into_place(code)
    except (IntegrityError, DataError) as refused:
        raise ArchiveTorn(NOT_WHOLE, sqlstate=refused.sqlstate) from refused
    finally:
        shutil.rmtree(part_folder(code), ignore_errors=True)
    return manifest


def _load(raw: Raw, path: Path, code: str, progress: Progress) -> Manifest:
    with opened(path) as (head, members), _bare(raw, code):
        loading = _Loading(raw, code, head, progress)
        for member in members:
            loading.take(member)
        _set_numbers(raw, code, head)
        return loading.judged()


class _Loading:
    """Members taken in one after the other; at the end they are held against the manifest."""

    def __init__(self, raw: Raw, code: str, head: Head, progress: Progress) -> None:
        self._raw, self._code, self._head, self._progress = raw, code, head, progress
        self._rows: dict[str, RowsSeen] = {}
        self._files = FilesSeen()
        self._manifest: Manifest | None = None

    def take(self, member: Member) -> None:
        if member.name.startswith(DATA):
            self._take_rows(table_of(member), member)
        elif member.name.startswith(FILES):
            self._take_file(file_of(member), member)
        elif member.name == MANIFEST:
            self._manifest = manifest_in(member)

    def judged(self) -> Manifest:
        """Raises ArchiveTorn."""
        tables = {name: seen.facts() for name, seen in self._rows.items()}
        return judged(self._manifest, tables=tables, files=self._files.facts())

    def _take_rows(self, table: str, member: Member) -> None:
        columns = self._head.tables.get(table)
        if columns is None:
            raise ArchiveTorn(NOT_WHOLE)
        seen = self._rows.setdefault(table, RowsSeen())
        pieces = member.pieces()
        rows_in(self._raw, self._code, table, columns=columns, pieces=pieces, seen=seen)
        self._progress(len(self._rows), len(self._head.tables))

    def _take_file(self, name: str, member: Member) -> None:
        path = place_in(part_folder(self._code), name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with new_file(path) as out:
            for piece in member.pieces():
                digest.update(piece)
                out.write(piece)
        self._files.add(name, digest.hexdigest(), path.stat().st_size)


@contextmanager
def _bare(raw: Raw, code: str) -> Iterator[None]:
    """Empty tables without references and triggers: rows come in any order, as they were.

    Put back at the end, where every reference is judged.
    """
    names = {"s": Identifier(code)}
    references = tables.foreign_keys(raw, code)
    for one in references:
        _alter(raw, code, one.table, SQL("DROP CONSTRAINT {}").format(Identifier(one.name)))
    for table in tables.table_columns(raw, code):
        raw.execute(SQL("TRUNCATE {s}.{}").format(Identifier(table), **names))
        _alter(raw, code, table, SQL("DISABLE TRIGGER USER"))
    yield
    for table in tables.table_columns(raw, code):
        _alter(raw, code, table, SQL("ENABLE TRIGGER USER"))
    for one in references:
        definition = SQL("ADD CONSTRAINT {} {}").format(Identifier(one.name), SQL(one.definition))
        _alter(raw, code, one.table, definition)


def _alter(raw: Raw, code: str, table: str, what: Composable) -> None:
    place = SQL("ALTER TABLE {}.{} ").format(Identifier(code), Identifier(table))
    raw.execute(place + what)


def _set_numbers(raw: Raw, code: str, head: Head) -> None:
    """Counting goes on after the last number that was given out."""
    for one in tables.sequences(raw, code):
        last = head.sequences.get(f"{one.table}.{one.column}")
        if last is not None:
            place = f"{Identifier(code).as_string()}.{Identifier(one.name).as_string()}"
            raw.execute("SELECT setval(%s::regclass, %s)", [place, last])


def _files_into_place(code: str) -> None:
    part, place = part_folder(code), files_folder(code)
    shutil.rmtree(place, ignore_errors=True)
    if part.exists():
        part.rename(place)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a restored schema holds, held against the archive's manifest."""

    rows: int
    differences: tuple[str, ...]


def restored_check(manifest: Manifest, code: str) -> Checked:
    """Read every table and file back: which are not what the manifest says. Before migrating."""
    with connection_apart() as raw, raw.transaction():
        keys = tables.primary_keys(raw, code)
        found = {
            table: table_facts(
                raw, code, table, columns=columns, order=tables.in_order(columns, keys, table)
            )
            for table, columns in manifest.head.tables.items()
        }
    wrong = [table for table, facts in found.items() if facts != manifest.tables[table]]
    if files_facts(code) != manifest.files:
        wrong.append("files")
    return Checked(sum(facts.rows for facts in found.values()), tuple(wrong))
