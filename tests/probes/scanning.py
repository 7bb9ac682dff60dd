"""Where a city's canaries may be kept: its schema, its folder, its keys of the cache.

The database is read as its owner, the cache and the files as they lie.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.cache import caches
from psycopg.sql import SQL, Identifier

from tests.probes.asking import texts_in
from tests.probes.planting import Planted
from tests.support import cluster

TABLES = """
SELECT schemaname, tablename FROM pg_tables
WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2
"""


def everything_kept(planted: Mapping[str, Planted]) -> list[str]:
    """Each place where a city's sign stands and does not belong."""
    return [*in_tables(planted), *in_cache(planted), *in_files(planted)]


def in_archives(planted: Mapping[str, Planted]) -> list[str]:
    """Each city's archive, made and opened by the owner's process."""
    signs = [f"{code}={city.sign}" for code, city in planted.items()]
    owner = {"SODAM_PROCESS": "owner", "DJANGO_SETTINGS_MODULE": "sodam.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.probes.archives", *signs],
        cwd=cluster.REPOSITORY,
        env={**os.environ, **owner},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    told = json.loads(done.stdout) if done.returncode == 0 else ["the archives were not made"]
    return [str(one) for one in told]


def in_tables(planted: Mapping[str, Planted]) -> Iterator[str]:
    """Every row of every table as text; the shared schema may hold nobody's."""
    with psycopg.connect(os.environ["SODAM_OWNER_DATABASE_URL"], autocommit=True) as owner:
        for schema, table in owner.execute(TABLES).fetchall():
            others = "".join(city.sign for code, city in planted.items() if code != schema)
            query = SQL("SELECT count(*) FROM {}.{} t WHERE t::text ~ %s").format(
                Identifier(schema), Identifier(table)
            )
            found = owner.execute(query, [f"[{others}]"]).fetchone() if others else None
            if found and found[0]:
                yield f"{schema}.{table}: {found[0]} rows tell another city"


def in_cache(planted: Mapping[str, Planted]) -> Iterator[str]:
    """Every key of the cache with what it holds: a key names its city."""
    server = caches["default"]._cache.get_client(None, write=False)
    for key in server.scan_iter():
        if server.type(key) != b"string":
            continue
        held = key + (server.get(key) or b"")
        for code, city in planted.items():
            if city.tells(held.decode(errors="replace")) and f":{code}:".encode() not in key:
                yield f"{key!r} holds what is {code}'s"


def in_files(planted: Mapping[str, Planted]) -> Iterator[str]:
    """Every stored file, its name and bytes: each city has a folder."""
    root = Path(settings.MEDIA_ROOT)
    for path in root.rglob("*"):
        if not path.is_file():
            continue
        place = path.relative_to(root)
        told = [str(place), *texts_in(path.read_bytes())]
        for code, city in planted.items():
            if place.parts[0] != code and any(city.tells(text) for text in told):
                yield f"{place} holds what is {code}'s"
