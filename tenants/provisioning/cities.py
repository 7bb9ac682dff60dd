"""Making a city and taking it down again, piece by piece. In the owner's process.

Each piece is safe to repeat after a crash; `opening.py` makes an operation's steps of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg.sql import SQL, Identifier

from tenants.errors import CityAlreadyOpen, HostInvalid, HostTaken, UnknownCity
from tenants.isolation.middleware import PLATFORM_FACES
from tenants.models import City, Host, Region
from tenants.provisioning import replay, roles
from tenants.provisioning.applied import cities_behind
from tenants.provisioning.archive.erasing import row_drop, schema_drop, traces_drop
from tenants.provisioning.owner import run, use_shared_schema
from tenants.provisioning.reference import reference_keep
from tenants.selectors import hosts_taken, region_list
from tenants.stamp import directory_changed

Progress = Callable[[str], None]
HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9-]{1,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How a city is to begin. No `hosts`: the usual one. `is_trial`: nothing leaves the house."""

    hosts: Sequence[str] = ()
    plugin: str = ""
    standard_version: str = ""
    contacts: Mapping[str, Any] = field(default_factory=dict)
    limits: Mapping[str, Any] = field(default_factory=dict)
    is_trial: bool = True


def city_open(
    code: str,
    *,
    now: datetime,
    hosts: Sequence[str] = (),
    plugin: str = "",
    progress: Progress = lambda _: None,
) -> City:
    """Role, schema and tables of a government of today, listed as public: for demo and tests.

    Filling it (organisation, catalogue) is `run_steps`, done by the serving process. What is open
    stays as it is. Raises UnknownCity.
    """
    wanted = Wanted(hosts=hosts, plugin=plugin, is_trial=False)
    known: City | None = City.objects.filter(code=code).exclude(status=City.Status.NOT_OPEN).first()
    if known is not None:
        return known
    city_reserve(code, wanted, now=now)
    progress("tables")
    city_make(code)
    return city_list_as_open(code, is_trial=False, now=now)


def city_reserve(code: str, wanted: Wanted, *, now: datetime) -> City:
    """Name and host names of a government of today are this city's from now on; nothing is served.

    Raises UnknownCity, CityAlreadyOpen, HostInvalid, HostTaken.
    """
    region = city_may_open(code, wanted, now=now)
    with transaction.atomic():
        city: City = City.objects.update_or_create(
            code=code, defaults={**_facts(region), **_values(wanted)}
        )[0]
        Host.objects.filter(tenant=city).delete()
        Host.objects.bulk_create(
            Host(domain=host, tenant=city, is_primary=position == 0)
            for position, host in enumerate(wanted.hosts or [usual_host(code)])
        )
    directory_changed()
    return city


def city_may_open(code: str, wanted: Wanted, *, now: datetime) -> Region:
    """The government, when a city of it can be opened so. Raises as `city_reserve`."""
    region = next((one for one in region_list(on=now.date()) if one.code == code), None)
    if region is None:
        raise UnknownCity("오늘 있는 시·도의 코드가 아닙니다.", code=code)
    if City.objects.filter(code=code).exclude(status=City.Status.NOT_OPEN).exists():
        raise CityAlreadyOpen("이미 개통된 시·도입니다.", code=code)
    hosts = wanted.hosts or [usual_host(code)]
    for host in hosts:
        _check_host(host)
    others = {host: city for host, city in hosts_taken(hosts).items() if city != code}
    if others:
        raise HostTaken(
            f"다른 시·도가 쓰는 주소입니다: {', '.join(sorted(others))}", hosts=sorted(others)
        )
    return region


def usual_host(code: str) -> str:
    """An underscore is no letter of host names."""
    return f"{code.replace('_', '-')}.{settings.SODAM_HOST_SUFFIX}"


def _check_host(host: str) -> None:
    first, _, rest = host.partition(".")
    is_ours = host in settings.DOOR_HOSTS or (
        first in PLATFORM_FACES and rest in settings.DOOR_HOSTS
    )
    if is_ours or not HOST.fullmatch(host):
        raise HostInvalid(
            f"시·도의 주소로 쓸 수 없습니다: {host}. 예: busan.{settings.SODAM_HOST_SUFFIX}",
            host=host,
        )


def _facts(region: Region) -> dict[str, Any]:
    return {
        "schema_name": region.code,
        "region_code": region.code,
        "name_ko": region.name_ko,
        "name_en": region.name_en,
        "short_name_ko": region.short_name_ko,
    }


def _values(wanted: Wanted) -> dict[str, Any]:
    version = {"standard_version": wanted.standard_version} if wanted.standard_version else {}
    return {
        "plugin": wanted.plugin,
        "contacts": dict(wanted.contacts),
        "limits": dict(wanted.limits),
        "is_trial": wanted.is_trial,
        **version,
    }


def city_make(code: str) -> str:
    """Schema, login and tables, all or nothing; "there", "replayed" or "migrated".

    By replay in one transaction; the very first city of a release by Django's migrations, begun
    anew when it was torn.
    """
    how = "there"
    if cities_behind([code]):
        if replay.recording_path().exists():
            with transaction.atomic():
                _fresh_schema(code)
                how = replay.make_tables(code)
        else:
            _fresh_schema(code)
            how = replay.make_tables(code)
    run([roles.after_tables_sql(code)])
    if how == "migrated":
        reference_keep(code)
    return how


def _fresh_schema(code: str) -> None:
    """An empty schema and its role. What a crash left half made is dropped: it holds nothing."""
    drop = SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(Identifier(code))
    run([drop, *roles.city_sql(settings.DATABASES["default"]["NAME"], code)])


def city_list_as_open(code: str, *, is_trial: bool, now: datetime) -> City:
    """From now on its hosts answer. Without a trial it is public at once."""
    city: City = City.objects.get(code=code)
    city.status, city.is_trial, city.opened_at = City.Status.OPEN, is_trial, city.opened_at or now
    city.public_at = city.public_at or (None if is_trial else now)
    city.save(update_fields=["status", "is_trial", "opened_at", "public_at"])
    directory_changed()
    return city


def city_unmake(code: str) -> None:
    """Schema, login, files and what the cache holds: of a city that never opened."""
    _refuse_if_served(code)
    schema_drop(code)
    traces_drop(code)


def city_release(code: str) -> None:
    """Its name and host names are free again."""
    _refuse_if_served(code)
    row_drop(code)
    directory_changed()


def _refuse_if_served(code: str) -> None:
    if City.objects.filter(code=code).exclude(status=City.Status.NOT_OPEN).exists():
        raise CityAlreadyOpen("이미 개통되어 되돌릴 수 없습니다. `sodam city close`", code=code)


def pending_shared() -> int:
    """How many shared migrations wait."""
    use_shared_schema()
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
