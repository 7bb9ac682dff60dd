"""Are the shared tables as this release needs them? Asked by serving processes before they start.

Whether each city is up to date is not asked: one that is behind keeps serving.
"""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from tenants import sql
from tenants.serving import serving_platform


def shared_migrations_missing() -> list[str]:
    """What this release brings for the shared schema and nobody has applied yet, in order."""
    with serving_platform():
        applied = set(sql.tuples("SELECT app, name FROM django_migrations"))
    return sorted(f"{app}.{name}" for app, name in _brought() - applied)


def _brought() -> set[tuple[str, str]]:
    shared = {app.label for app in apps.get_app_configs() if app.name in settings.SHARED_APPS}
    return {key for key in MigrationLoader(None).disk_migrations if key[0] in shared}
