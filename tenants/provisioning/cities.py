"""Open a city, suspend one. In the owner's process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg.sql import SQL, Identifier

from tenants.errors import UnknownCity
from tenants.models import City, Host
from tenants.provisioning import replay, roles
from tenants.provisioning.applied import cities_behind
from tenants.provisioning.owner import run, use_shared_schema
from tenants.selectors import region_list

Progress = Callable[[str], None]


def city_open(
    code: str,
    *,
    now: datetime,
    hosts: list[str] | None = None,
    plugin: str = "",
    progress: Progress = lambda _: None,
) -> City:
    """Make role, schema and tables of a government of today. Safe to repeat after a crash.

    The city is listed as open at the end. Filling it (organisation, catalogue) is `run_steps`,
    done by the serving process with the city's own role. Raises UnknownCity.
    """
    region = next((r for r in region_list(on=now.date()) if r.code == code), None)
    if region is None:
        raise UnknownCity("오늘 있는 시·도의 코드가 아닙니다.", code=code)
    city: City = City.objects.get_or_create(
        code=code,
        defaults={
            "schema_name": code,
            "region_code": code,
            "name_ko": region.name_ko,
            "name_en": region.name_en,
            "short_name_ko": region.short_name_ko,
            "plugin": plugin,
        },
    )[0]
    if city.status == City.Status.NOT_OPEN:
        progress("tables")
        _make_schema(code)
    for position, host in enumerate(hosts or [f"{code}.localhost"]):
        Host.objects.get_or_create(
            domain=host, defaults={"tenant": city, "is_primary": position == 0}
        )
    city.status, city.opened_at = City.Status.OPEN, city.opened_at or now
    city.save(update_fields=["status", "opened_at"])
    return city


def _make_schema(code: str) -> None:
    """All or nothing by replay; the very first city by Django's migrations, restarted if torn."""
    if cities_behind([code]):
        if replay.recording_path().exists():
            with transaction.atomic():
                _fresh_schema(code)
                replay.make_tables(code)
        else:
            _fresh_schema(code)
            replay.make_tables(code)
    run([roles.after_tables_sql(code)])


def _fresh_schema(code: str) -> None:
    """An empty schema and its role. What a crash left half made is dropped: it holds nothing."""
    drop = SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(Identifier(code))
    run([drop, *roles.city_sql(settings.DATABASES["default"]["NAME"], code)])


def city_suspend(code: str, *, suspended: bool = True) -> City:
    """Take a city from the public, or give it back. Serving processes notice within a minute."""
    city: City | None = City.objects.filter(code=code).first()
    if city is None or city.status not in (City.Status.OPEN, City.Status.SUSPENDED):
        raise UnknownCity("열려 있는 시·도가 아닙니다.", code=code)
    city.status = City.Status.SUSPENDED if suspended else City.Status.OPEN
    city.save(update_fields=["status"])
    return city


def pending_shared() -> int:
    """How many shared migrations wait."""
    use_shared_schema()
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
