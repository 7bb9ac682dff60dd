"""A city's tables by replaying the SQL of one recorded migration run.

The first city is migrated by Django and every statement is recorded. Each later city replays the
recording in one transaction: the same statements in the same order, so the same schema by name.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tenants.provisioning.owner import use_schema, use_shared_schema
from tenants.schema import migration_files

_READS = ("SELECT", "SHOW", "SET SEARCH_PATH", "SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
_BESIDE_TRAFFIC = re.compile(r"^(\s*(?:CREATE(?: UNIQUE)?|DROP) INDEX) CONCURRENTLY\b", re.I)


def recording_path() -> Path:
    """Where this version's recording is kept; its name is a digest of every migration file."""
    return Path(settings.MEDIA_ROOT).parent / "cache" / f"city-{migrations_digest()}.sql"


def migrations_digest() -> str:
    """Changes when any migration, Django or the list of a city's apps does."""
    digest = hashlib.sha256(f"{django.VERSION}{settings.TENANT_APPS}".encode())
    for key, source in sorted(migration_files().items()):
        digest.update(repr(key).encode() + source.read_bytes())
    return digest.hexdigest()[:24]


def make_tables(code: str) -> str:
    """Make the city's tables; "replayed" or, the first time, "migrated" (and recorded)."""
    path = recording_path()
    if path.exists():
        replay(code, path.read_text(encoding="utf-8"))
        return "replayed"
    with recording() as statements:
        migrate_schema(code)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{code}.part")
    part.write_text(script_of(statements), encoding="utf-8")
    part.replace(path)
    return "migrated"


def script_of(statements: Sequence[str]) -> str:
    """What was recorded, to be run in one transaction.

    There `CONCURRENTLY` is refused, and nobody writes yet: such an index is made plainly.
    """
    plain = (_BESIDE_TRAFFIC.sub(r"\1", statement) for statement in statements)
    return ";\n".join(plain) + ";\n"


def migrate_schema(code: str, targets: Sequence[tuple[str, str]] = ()) -> None:
    """Bring one schema to these migrations or the newest, each in Django's own way."""
    use_schema(code)
    try:
        executor = MigrationExecutor(connection)
        executor.migrate(list(targets) or executor.loader.graph.leaf_nodes())
    finally:
        use_shared_schema()


def replay(code: str, script: str) -> None:
    """Run a recording in the (empty) schema of this city; the caller's transaction or its own."""
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(code)
        cursor.execute(f"SET LOCAL search_path = {name}, extensions")
        cursor.execute(script)


@contextmanager
def recording() -> Iterator[list[str]]:
    """Collect every statement that changes something, as the server got it."""
    statements: list[str] = []

    def record(execute: Any, statement: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(statement, params, many, context)
        if not statement.lstrip().upper().startswith(_READS):
            statements.append(_as_sent(statement, params).rstrip().rstrip(";"))
        return result

    with connection.execute_wrapper(record):
        yield statements


def _as_sent(statement: str, params: Any) -> str:
    """On a cursor of its own: filling in parameters drops the results of the one it is done on."""
    if params is None:
        return statement
    sent: str = connection.ops.compose_sql(statement, params)  # type: ignore[attr-defined]
    return sent
