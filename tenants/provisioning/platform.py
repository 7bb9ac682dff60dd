"""The platform itself: roles, extensions and shared tables, before any city. Safe to run again."""

from __future__ import annotations

import os
from collections.abc import Callable

import psycopg
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql
from psycopg.sql import Identifier

from tenants.provisioning import roles
from tenants.provisioning.owner import run, use_shared_schema
from tenants.provisioning.regions import load_regions

Progress = Callable[[str], None]


def prepare_platform(*, progress: Progress = lambda _: None) -> None:
    """Make database, roles, extensions and shared tables, and load the governments."""
    superuser = os.environ.get("SODAM_SUPERUSER_URL", "")
    if superuser:
        progress("roles")
        make_database(superuser)
    run(roles.platform_sql(settings.DATABASES["default"]["NAME"]))
    progress("shared tables")
    migrate_shared()
    run([roles.platform_grants_sql(), roles.audit_grants_sql(), roles.published_grants_sql()])
    run([roles.operation_grants_sql(), roles.facts_grants_sql()])
    progress("governments")
    load_regions()


def make_database(superuser_url: str) -> None:
    """As superuser: the owner's role and an empty UTF-8 database of this name."""
    given = settings.DATABASES["default"]
    owner = roles.OwnerRole(given["USER"], given["PASSWORD"])
    with psycopg.connect(superuser_url, autocommit=True) as server:
        server.execute(roles.role_sql(owner.name, owner.password, "CREATEROLE"))
        known = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [given["NAME"]])
        if known.fetchone() is None:
            server.execute(sql.SQL("CREATE DATABASE {}").format(Identifier(given["NAME"])))
    with psycopg.connect(superuser_url, dbname=given["NAME"], autocommit=True) as database:
        for statement in roles.database_sql(given["NAME"], owner):
            database.execute(statement)


def migrate_shared() -> bool:
    """Bring the shared schema up to date; whether anything had to be done."""
    use_shared_schema()
    executor = MigrationExecutor(connection)
    targets = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(targets)
    executor.migrate(targets, plan=plan)
    return bool(plan)
