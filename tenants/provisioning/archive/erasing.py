"""Letting a city go: nothing is served; or nothing is left of it, and a paper that says so."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from psycopg.sql import SQL, Identifier

from tenants.context import city_role
from tenants.isolation.keys import city_keys, city_keys_drop
from tenants.models import City, Host
from tenants.provisioning.archive import scanning, tables
from tenants.provisioning.archive.backing_up import app_version, city_facts
from tenants.provisioning.archive.copying import table_facts
from tenants.provisioning.archive.files import files_facts, files_folder, files_remove
from tenants.provisioning.owner import connection_apart, rows, run

KEPT = (
    "the ministry's published figures (sums of months, no persons)",
    "the log of operations and the platform's audit (who asked for what and when)",
)


def city_close(code: str) -> None:
    """Serve nothing of it any more; everything is kept."""
    City.objects.filter(code=code).update(status=City.Status.CLOSED)


def what_is_there(code: str) -> dict[str, Any]:
    """Rows per table with their checksum, files: what the certificate says was erased."""
    with connection_apart() as raw, raw.transaction():
        columns, keys = tables.table_columns(raw, code), tables.primary_keys(raw, code)
        found = {
            table: table_facts(
                raw, code, table, columns=names, order=tables.in_order(names, keys, table)
            )
            for table, names in columns.items()
        }
    sums = repr(sorted((name, fact.sha256) for name, fact in found.items()))
    return {
        "city": asdict(city_facts(code)),
        "tables": len(found),
        "rows": sum(fact.rows for fact in found.values()),
        "rows_by_table": {name: fact.rows for name, fact in found.items() if fact.rows},
        "files": asdict(files_facts(code)),
        "sha256": hashlib.sha256(sums.encode()).hexdigest(),
    }


def schema_drop(code: str, *, with_role: bool = True) -> None:
    """The city's tables and its login. Who is still logged in finds nothing any more."""
    role = city_role(code)
    names = {"s": Identifier(code), "r": Identifier(role), "db": Identifier(_database())}
    run([SQL("DROP SCHEMA IF EXISTS {s} CASCADE").format(**names)])
    if with_role and rows("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]):
        run([SQL("REVOKE ALL ON DATABASE {db} FROM {r}").format(**names)])
        run([SQL("DROP ROLE {r}").format(**names)])


def row_drop(code: str) -> None:
    """The city's line in the list of cities, and its host names."""
    Host.objects.filter(tenant__code=code).delete()
    City.objects.filter(code=code).delete()


def traces_drop(code: str) -> int:
    """Its files, and what the cache holds of it; how many keys went."""
    files_remove(code)
    return city_keys_drop(code)


def traces_left(code: str) -> dict[str, int]:
    """Names that would still be of this city: all 0 when nothing is left."""
    return {
        "schema": len(rows("SELECT 1 FROM pg_namespace WHERE nspname = %s", [code])),
        "role": len(rows("SELECT 1 FROM pg_roles WHERE rolname = %s", [city_role(code)])),
        "city": City.objects.filter(code=code).count(),
        "hosts": Host.objects.filter(tenant__code=code).count(),
        "files": int(files_folder(code).exists()),
        "cache_keys": len(city_keys(code)),
    }


def values_put(code: str, path: Path) -> dict[str, int]:
    """Leave what the scan is to look for, for the time after the tables are gone."""
    mine = scanning.values_of(code)
    others = scanning.elsewhere(code, mine)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_bytes(b"\n".join(sorted(mine - others)))
    path.chmod(0o600)
    return {"values": len(mine - others), "also_elsewhere": len(others)}


def scanned(code: str, path: Path) -> dict[str, Any]:
    """Look for the values everywhere; then they are forgotten as well."""
    places = scanning.scan(set(path.read_bytes().split(b"\n")) - {b""})
    left = traces_left(code)
    hits = sum(place.hits for place in places.values()) + sum(left.values())
    return {
        "places": {name: asdict(place) for name, place in places.items()},
        "names": left,
        "hits": hits,
    }


def certificate(
    *, erased: dict[str, Any], scan: dict[str, Any], backups: dict[str, Any], asked: dict[str, Any]
) -> dict[str, Any]:
    """What was erased, by whom and when, and that nothing was found afterwards. Signed by digest.

    `asked`: operation, by, approved_by, reason, at.
    """
    body = {
        "certificate": "sodam.erasure",
        "app": app_version(),
        **asked,
        "erased": erased,
        "backups": backups,
        "kept": KEPT,
        "scan": scan,
    }
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, default=str)
    return {**body, "sha256": hashlib.sha256(text.encode()).hexdigest()}


def _database() -> str:
    return str(settings.DATABASES["default"]["NAME"])
