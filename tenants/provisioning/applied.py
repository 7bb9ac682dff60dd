"""Which migrations there are, and which each city has. Cheap: most starts need none."""

from __future__ import annotations

import pkgutil
from collections.abc import Sequence
from importlib import import_module
from importlib.machinery import FileFinder
from pathlib import Path
from types import ModuleType

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from tenants.models import City
from tenants.provisioning.owner import raw_connection

Key = tuple[str, str]  # app label, migration's name

# The rows of many schemas, whose names the server itself knows, in one query: only query_to_xml
# runs a statement that is put together in the query. A schema without the table has none.
_APPLIED = """
SELECT code, CASE WHEN to_regclass(format('%%I.django_migrations', code)) IS NOT NULL THEN
    substring(query_to_xml(format(
        'SELECT string_agg(app || '' '' || name, '','') AS m FROM %%I.django_migrations', code),
        false, true, '')::text FROM '<m>(.*)</m>') END
FROM public.tenants_city
WHERE CASE WHEN %s::text[] IS NULL THEN status <> ALL(%s) ELSE code = ANY(%s) END ORDER BY code
"""


def applied_migrations(codes: Sequence[str] | None = None) -> dict[str, set[Key]]:
    """City -> the migrations it has; of these cities, or of every one that is served. One query.

    A code that no city has is left out; one without tables has no migrations.
    """
    wanted = None if codes is None else list(codes)
    not_served = [City.Status.NOT_OPEN.value, City.Status.CLOSED.value]
    found = raw_connection().execute(_APPLIED, [wanted, not_served, wanted]).fetchall()
    return {code: _keys(text) for code, text in found}


def _keys(text: str | None) -> set[Key]:
    """`voices 0001_initial,staff 0001_initial` as pairs."""
    parts = (one.partition(" ") for one in (text or "").split(",") if one)
    return {(app, name) for app, _, name in parts}


def migrations_on_disk() -> set[Key]:
    """Every migration by name."""
    return set(migration_files())


def migration_files() -> dict[Key, Path]:
    """Every migration's file, none of them imported: a graph costs what a no-op saves."""
    return {
        (config.label, name): Path(finder.path) / f"{name}.py"
        for config in apps.get_app_configs()
        if (package := _package(config.label)) is not None
        for finder, name, is_package in pkgutil.iter_modules(package.__path__)
        if isinstance(finder, FileFinder) and not is_package and name[0] not in "_~"
    }


def _package(label: str) -> ModuleType | None:
    """The app's migrations package; None when it has none."""
    name, is_named = MigrationLoader.migrations_module(label)
    if name is None:
        return None
    try:
        return import_module(name)
    except ModuleNotFoundError as missing:
        if is_named or missing.name != name:
            raise
        return None


def cities_behind(codes: Sequence[str] | None = None) -> dict[str, int]:
    """City -> how many migrations it lacks, asked in one query for all."""
    wanted = migrations_on_disk()
    lacking = {code: len(wanted - have) for code, have in applied_migrations(codes).items()}
    return {code: count for code, count in lacking.items() if count}
