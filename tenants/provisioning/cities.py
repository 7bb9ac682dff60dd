"""Open a city, bring all of them up to date, suspend one, check one. In the owner's process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from psycopg.sql import SQL, Identifier, Literal

from tenants.errors import UnknownCity
from tenants.models import City, Host
from tenants.provisioning import replay, roles
from tenants.provisioning.owner import rows, run, use_shared_schema
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


def cities_behind(codes: list[str] | None = None) -> dict[str, int]:
    """City -> how many migrations it lacks, asked in one query for all."""
    codes = codes if codes is not None else _served_codes()
    wanted = sorted(MigrationLoader(None).graph.nodes)
    have = _applied(codes)
    lacking = {code: len(set(wanted) - have.get(code, set())) for code in codes}
    return {code: count for code, count in lacking.items() if count}


def _served_codes() -> list[str]:
    return list(
        City.objects.exclude(status__in=[City.Status.NOT_OPEN, City.Status.CLOSED])
        .order_by("code")
        .values_list("code", flat=True)
    )


def _applied(codes: list[str]) -> dict[str, set[tuple[str, str]]]:
    query = (
        "SELECT schemaname FROM pg_tables WHERE tablename = 'django_migrations'"
        " AND schemaname = ANY(%s)"
    )
    found: dict[str, set[tuple[str, str]]] = {code: set() for (code,) in rows(query, [codes])}
    if found:
        part = SQL("SELECT {}, app, name FROM {}.django_migrations")
        parts = [part.format(Literal(code), Identifier(code)) for code in found]
        for code, app, name in rows(SQL(" UNION ALL ").join(parts)):
            found[code].add((app, name))
    return found


def city_migrate_all(*, progress: Progress = lambda _: None) -> dict[str, int]:
    """Bring every city up to date, one by one; city -> migrations applied. A no-op is one query."""
    behind = cities_behind()
    for code in behind:
        progress(code)
        replay.migrate_schema(code)
    return behind


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
