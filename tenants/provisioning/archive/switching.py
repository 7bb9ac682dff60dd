"""A city and its copy change places: the copy serves from now on, the city becomes the copy.

Schemas, rights and files go together while the tables of both are held: who is in the middle of
something finishes first, and who comes waits for a moment and then finds the new tables. No
connection is cut: a login keeps its name and password, and its search_path names a schema, not
what is in it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from psycopg.errors import LockNotAvailable
from psycopg.sql import SQL, Composed, Identifier, Literal

from tenants.context import city_role
from tenants.isolation.keys import city_keys_drop
from tenants.provisioning.archive import tables
from tenants.provisioning.archive.errors import CityBusy
from tenants.provisioning.archive.exchanging import files_follow, files_settled
from tenants.provisioning.owner import Raw, connection_apart
from tenants.provisioning.roles import after_tables_sql, owner_role_name

LOCK = "500ms"  # shorter than deadlock_timeout: it is we who give way, not a request
TRIES, PAUSE_SECONDS = 40, 0.25
BETWEEN = "sodam_between"
REMARK = "sodam: switch "  # on the schema: which switch brought it here
BUSY = "오래 걸리는 작업이 있어 바꾸지 못했습니다. 잠시 뒤에 다시 하십시오."


def schemas_switch(city: str, copy: str, *, key: str) -> None:
    """Change places, once per `key`: asked again, it only finishes. Raises CityBusy.

    Nothing is changed when the tables cannot be held.
    """
    with connection_apart() as raw:
        if not _is_switched(raw, city, key):
            _make_sure(raw, city)
            _patiently(raw, city, copy, key)
        files_follow(city, copy, key=key, is_switched=True)
    for code in (city, copy):
        city_keys_drop(code)
    files_settled(city, copy, key=key)


def _is_switched(raw: Raw, city: str, key: str) -> bool:
    said = raw.execute(
        "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s", [city]
    ).fetchone()
    return said is not None and said[0] == f"{REMARK}{key}"


def _make_sure(raw: Raw, city: str) -> None:
    """Of a city whose tables were lost an empty schema stands in their place."""
    raw.execute(SQL("CREATE SCHEMA IF NOT EXISTS {}").format(Identifier(city)))


def _patiently(raw: Raw, city: str, copy: str, key: str) -> None:
    for _ in range(TRIES):
        try:
            return _switch(raw, city, copy, key)
        except LockNotAvailable:
            time.sleep(PAUSE_SECONDS)
    raise CityBusy(BUSY)


def _switch(raw: Raw, city: str, copy: str, key: str) -> None:
    files_follow(city, copy, key=key, is_switched=False)
    try:
        with raw.transaction():
            raw.execute(SQL("SET LOCAL lock_timeout = {}").format(LOCK))
            for statement in (*_held(raw, city, copy), *_renamed(city, copy, key)):
                raw.execute(statement)
            for code, other in ((city, copy), (copy, city)):
                raw.execute(rights_sql(code, formerly=other))
                if tables.table_columns(raw, code):
                    raw.execute(after_tables_sql(code))
            raw.execute(_TOLD, {"city": city, "copy": copy})
            files_follow(city, copy, key=key, is_switched=True)
    except BaseException:
        files_follow(city, copy, key=key, is_switched=_is_switched(raw, city, key))
        raise


def _held(raw: Raw, *codes: str) -> Iterator[Composed]:
    for code in codes:
        names = [Identifier(code, table) for table in tables.table_columns(raw, code)]
        if not names:
            continue
        yield SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(SQL(", ").join(names))


def _renamed(city: str, copy: str, key: str) -> Iterator[Composed]:
    rename = SQL("ALTER SCHEMA {} RENAME TO {}")
    for old, new in ((city, BETWEEN), (copy, city), (BETWEEN, copy)):
        yield rename.format(Identifier(old), Identifier(new))
    remark = SQL("COMMENT ON SCHEMA {} IS {}")
    yield remark.format(Identifier(city), Literal(f"{REMARK}{key}"))
    yield remark.format(Identifier(copy), Literal(None))


# Which standard and plugin a city has is told of what is in its schema: it goes along.
_TOLD = """
UPDATE public.tenants_city c SET standard_version = o.standard_version, plugin = o.plugin,
       generation = c.generation + 1
FROM public.tenants_city o
WHERE (c.code, o.code) IN ((%(city)s, %(copy)s), (%(copy)s, %(city)s))
"""


def rights_sql(code: str, *, formerly: str) -> Composed:
    """The schema of this name is this city's alone, and no more that of the one it came from."""
    names = {
        "s": Identifier(code),
        "r": Identifier(city_role(code)),
        "f": Identifier(city_role(formerly)),
        "o": Identifier(owner_role_name()),
    }
    return SQL("; ").join([SQL(text).format(**names) for text in _rights()])


def _rights() -> Iterator[str]:
    default = "ALTER DEFAULT PRIVILEGES FOR ROLE {o} IN SCHEMA {s} "
    yield "REVOKE ALL ON SCHEMA {s} FROM {f}"
    yield "GRANT USAGE ON SCHEMA {s} TO {r}"
    for kind, right in _KINDS.items():
        yield f"REVOKE ALL ON ALL {kind} IN SCHEMA {{s}} FROM {{f}}"
        yield f"GRANT {right} ON ALL {kind} IN SCHEMA {{s}} TO {{r}}"
        yield f"{default} REVOKE ALL ON {kind} FROM {{f}}"
        yield f"{default} GRANT {right} ON {kind} TO {{r}}"


_KINDS = {
    "TABLES": "SELECT, INSERT, UPDATE, DELETE",
    "SEQUENCES": "USAGE",
    "FUNCTIONS": "EXECUTE",
}
