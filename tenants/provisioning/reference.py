"""What a city's schema must look like: the shape of one that Django migrated from nothing.

Made once for each version of migrations, rights and server, in a schema of its own that is dropped
again; its lines are kept beside the recorded DDL.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from psycopg.sql import SQL, Identifier, Literal

from tenants.context import city_role
from tenants.provisioning import roles, shape
from tenants.provisioning.owner import raw_connection, run
from tenants.provisioning.replay import migrate_schema, migrations_digest

CODE = "reference_city"  # of no government
ONE_REFERENCE = 0x50DA_0002


def reference_shape(*, anew: bool = False) -> list[str]:
    """Every line of a freshly migrated city. `anew`: also when it is known already."""
    path = reference_path()
    if anew or not path.exists():
        return _keep(_migrated_shape())
    kept: list[str] = json.loads(path.read_text(encoding="utf-8"))
    return kept


def reference_keep(code: str) -> None:
    """This city was migrated by Django a moment ago: it is what later ones must look like."""
    _keep(shape.shape_of(code))


def _keep(lines: list[str]) -> list[str]:
    path = reference_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(lines), encoding="utf-8")
    part.replace(path)
    return lines


def reference_path() -> Path:
    """Where the lines are kept; another name for each version of what they depend on."""
    digest = hashlib.sha256(f"{migrations_digest()}{raw_connection().info.server_version}".encode())
    digest.update(roles.owner_role_name().encode())
    for source in (shape.__file__, roles.__file__):
        digest.update(Path(source).read_bytes())
    return Path(settings.MEDIA_ROOT).parent / "cache" / f"shape-{digest.hexdigest()[:24]}.json"


def _migrated_shape() -> list[str]:
    with _alone():
        _drop()
        try:
            run(roles.city_sql(settings.DATABASES["default"]["NAME"], CODE))
            migrate_schema(CODE)
            run([roles.after_tables_sql(CODE)])
            return shape.shape_of(CODE)
        finally:
            _drop()


@contextmanager
def _alone() -> Iterator[None]:
    raw_connection().execute(f"SELECT pg_advisory_lock({ONE_REFERENCE})".encode())
    try:
        yield
    finally:
        raw_connection().execute(f"SELECT pg_advisory_unlock({ONE_REFERENCE})".encode())


def _drop() -> None:
    """Schema and login, also those of a run that was killed."""
    role, database = city_role(CODE), settings.DATABASES["default"]["NAME"]
    names = {"s": Identifier(CODE), "r": Identifier(role), "d": Identifier(database)}
    known = SQL("SELECT 1 FROM pg_roles WHERE rolname = {}").format(Literal(role))
    statements = ["DROP SCHEMA IF EXISTS {s} CASCADE"]
    if raw_connection().execute(known).fetchone():
        statements += ["REVOKE ALL ON DATABASE {d} FROM {r}", "DROP ROLE {r}"]
    run([SQL(statement).format(**names) for statement in statements])
