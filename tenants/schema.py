"""Which migrations there are, which the city being served has, and how a set of them is called."""

from __future__ import annotations

import hashlib
import pkgutil
import time
from collections.abc import Collection
from importlib import import_module
from importlib.machinery import FileFinder
from pathlib import Path
from types import ModuleType

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from tenants.scope import current
from tenants.sql import tuples

Key = tuple[str, str]  # app label, migration's name
KEPT_SECONDS = 5.0  # so long a city that was migrated may still be taken for an older one

_kept: dict[str, tuple[float, frozenset[Key]]] = {}


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


def version_of(keys: Collection[Key]) -> str:
    """`61-3fa92c`: how many migrations, and a digest of their names. Equal sets, equal versions."""
    if not keys:
        return ""
    names = "\n".join(sorted(f"{app}.{name}" for app, name in keys))
    return f"{len(keys)}-{hashlib.sha256(names.encode()).hexdigest()[:6]}"


def city_migrations() -> frozenset[Key]:
    """Those that the city being served has. Its own login may read them, not write."""
    return frozenset(tuples("SELECT app, name FROM django_migrations"))


def has_migration(app: str, name: str) -> bool:
    """May code use what this migration made in the city being served?

    A release serves cities that are not migrated yet, and those that could not be: what is new in
    the tables is asked for here before it is used. Kept for five seconds per process.
    """
    code, now = current().schema, time.monotonic()
    seen = _kept.get(code)
    if seen is None or now - seen[0] > KEPT_SECONDS:
        seen = _kept[code] = (now, city_migrations())
    return (app, name) in seen[1]
