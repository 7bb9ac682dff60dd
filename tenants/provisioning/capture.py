"""The SQL of a migration, collected once without asking or changing any database.

What cannot be known that way is left to Django, in each city: Python code, migrations outside a
transaction, squashed ones, and operations that look into the database for a name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, router
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from tenants.provisioning.owner import use_schema, use_shared_schema
from tenants.schema import Key


@dataclass(frozen=True, slots=True)
class CapturedMigration:
    """One migration: its statements for any city's schema, or why only Django can run it.

    `followers` need it: a city that has one of them and not this is torn.
    """

    key: Key
    followers: tuple[Key, ...] = ()
    sql: str = ""
    by_django: str = ""
    replaces: bool = False


class AskedTheDatabase(Exception):
    """An operation wanted an answer from the database while its SQL was collected."""


def capture(needed: Collection[Key], *, like: str) -> list[CapturedMigration]:
    """These migrations in the order of Django's plan. `like`: any city, none of it is read.

    The state before each is that of the whole plan, so the SQL fits every city that has its
    predecessors, whatever else a city has or lacks.
    """
    use_schema(like)  # what a city's schema takes and leaves is asked of this name
    try:
        return list(_captured(set(needed)))
    finally:
        use_shared_schema()


def _captured(needed: set[Key]) -> Iterator[CapturedMigration]:
    loader = MigrationLoader(None)
    state = ProjectState(real_apps=loader.unmigrated_apps)
    waiting = needed & set(loader.graph.nodes)
    for key in full_plan(loader):
        if not waiting:
            return
        migration = loader.graph.nodes[key]
        if key in waiting:
            waiting.discard(key)
            followers = tuple(child.key for child in loader.graph.node_map[key].children)
            yield replace(_collect(key, migration, state), followers=followers)
        state = migration.mutate_state(state, preserve=False)


def full_plan(loader: MigrationLoader) -> list[Key]:
    """Every migration, each after those it depends on: the order of a fresh database."""
    ordered: dict[Key, None] = {}
    for leaf in loader.graph.leaf_nodes():
        ordered.update(dict.fromkeys(loader.graph.forwards_plan(leaf)))
    return list(ordered)


def _collect(key: Key, migration: Migration, state: ProjectState) -> CapturedMigration:
    if not router.allow_migrate(connection.alias, key[0]):
        return CapturedMigration(key)  # an app of the shared schema: nothing but its row
    reason = _only_django(migration)
    if reason:
        return CapturedMigration(key, by_django=reason, replaces=bool(migration.replaces))
    try:
        return CapturedMigration(key, sql=_sql(migration, state.clone()))
    except AskedTheDatabase:
        return CapturedMigration(key, by_django="an operation looks into the database")


def _only_django(migration: Migration) -> str:
    if migration.replaces:
        return "it replaces others"
    if not migration.atomic:
        return "it does not run in a transaction"
    if not all(operation.reduces_to_sql for operation in _flat(migration.operations)):
        return "it runs Python"
    return ""


def _flat(operations: Collection[Operation]) -> Iterator[Operation]:
    """With those inside SeparateDatabaseAndState, which itself claims to be SQL."""
    for operation in operations:
        yield operation
        yield from _flat(getattr(operation, "database_operations", ()))


def _sql(migration: Migration, state: ProjectState) -> str:
    with _nothing_asked(), connection.schema_editor(collect_sql=True) as editor:
        migration.apply(state, editor, collect_sql=True)
    statements: list[str] = editor.collected_sql
    # The semicolon on a line of its own: Django's own may stand inside a remark.
    return "".join(f"{one}\n;\n" for one in statements if not _is_remark(one))


def _is_remark(collected: str) -> bool:
    return collected.startswith("--") and "\n" not in collected


@contextmanager
def _nothing_asked() -> Iterator[None]:
    def refuse(execute: Any, statement: str, *rest: Any) -> Any:
        if statement.startswith("SET search_path"):  # django-tenants, at every cursor
            return execute(statement, *rest)
        raise AskedTheDatabase

    with connection.execute_wrapper(refuse):
        yield
