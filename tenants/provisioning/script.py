"""One city's migrations as one message to the server: a single round trip, all or nothing.

Several statements in one message are one transaction without BEGIN and COMMIT, so a failure
leaves nothing to roll back, neither there nor here.
"""

from __future__ import annotations

from collections.abc import Sequence

from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from tenants.provisioning.capture import CapturedMigration
from tenants.provisioning.owner import Statement

MIGRATED_MEANWHILE = "MM001"  # an SQLSTATE of our own

# Only the end of the run waits for the disk (`flush_sql`). Until then a crash of the server can
# take back the youngest cities' transactions, each with its rows: they are behind as before.
_BEGIN = SQL(
    "SET LOCAL lock_timeout = {timeout}; SET LOCAL search_path = {code}, extensions;"
    " SET LOCAL synchronous_commit = off;"
    " LOCK TABLE django_migrations IN SHARE ROW EXCLUSIVE MODE;"
    " DO $guard$ BEGIN IF EXISTS (SELECT 1 FROM django_migrations WHERE (app, name) IN ({keys}))"
    " THEN RAISE EXCEPTION 'migrated meanwhile' USING ERRCODE = {meanwhile}; END IF; END $guard$;"
)
_ROW = SQL("INSERT INTO django_migrations (app, name, applied) VALUES ({}, {}, now());")
# What waits for the end of a transaction happens after each migration, as if it ended there.
_SETTLE = SQL("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;")


def city_script(
    code: str, steps: Sequence[CapturedMigration], closing: Statement, *, lock_timeout: str
) -> Composed:
    """Refused with MIGRATED_MEANWHILE when another process has done one of them."""
    keys = SQL(", ").join(SQL("({}, {})").format(*map(Literal, step.key)) for step in steps)
    begin = _BEGIN.format(
        timeout=Literal(lock_timeout),
        code=Identifier(code),
        keys=keys,
        meanwhile=Literal(MIGRATED_MEANWHILE),
    )
    return SQL("\n").join([begin, *(part for step in steps for part in _step(step)), closing])


def _step(step: CapturedMigration) -> list[Composable]:
    return [SQL(step.sql), _ROW.format(*map(Literal, step.key)), _SETTLE]


def flush_sql() -> SQL:
    """A commit that waits for the disk: with it, all that was committed before is safe."""
    return SQL("SELECT pg_logical_emit_message(true, 'sodam', 'cities migrated')")
