"""Named reads of the platform's tables, by the platform role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from tenants.errors import UnknownCity
from tenants.models import City, Host, Region, RegionCode, RegionPopulation


@dataclass(frozen=True, slots=True)
class CityRow:
    """A government of today, served or not."""

    code: str
    name_ko: str
    name_en: str
    short_name_ko: str
    status: str
    standard_version: str
    plugin: str
    official_site: bool
    host: str
    opened_on: date | None


def region_list(*, on: date) -> list[Region]:
    """The governments that existed on a day, in the customary order."""
    dated = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    return list(Region.objects.filter(dated, valid_from__lte=on).order_by("sort", "code"))


def region_unions(*, since: date, until: date) -> list[Region]:
    """Governments that began in this time by taking over others."""
    joined = Region.objects.filter(valid_to__gte=since, valid_to__lte=until).exclude(
        successor_code=""
    )
    begun = Q(code__in=joined.values("successor_code"), valid_from__gte=since)
    return list(Region.objects.filter(begun, valid_from__lte=until).order_by("valid_from", "sort"))


def region_populations() -> dict[str, int]:
    """The newest count of residents per government."""
    newest = RegionPopulation.objects.order_by("counted_on")
    return dict(newest.values_list("region_code", "residents"))


def region_counts() -> dict[str, tuple[int, date]]:
    """The newest count of residents per government, and the day they were counted on."""
    rows = RegionPopulation.objects.order_by("counted_on")
    return {row.region_code: (row.residents, row.counted_on) for row in rows}


def region_codes(system: str) -> dict[str, str]:
    """What another system (`mois`, `kostat` …) calls each government today."""
    rows = RegionCode.objects.filter(system=system).order_by("valid_from")
    return dict(rows.values_list("region_code", "code"))


def hosts_taken(hosts: Iterable[str]) -> dict[str, str]:
    """Which of these host names have a city, and which one."""
    taken = Host.objects.filter(domain__in=list(hosts))
    return dict(taken.values_list("domain", "tenant__code"))


def city_list(*, on: date) -> list[CityRow]:
    """Every government of the day with the state of its city, not opened ones included."""
    cities = {city.code: city for city in City.objects.all()}
    hosts = dict(Host.objects.filter(is_primary=True).values_list("tenant_id", "domain"))
    return [_row(region, cities.get(region.code), hosts) for region in region_list(on=on)]


def city_get(code: str, *, on: date) -> CityRow:
    """One government of the day. Raises UnknownCity."""
    for row in city_list(on=on):
        if row.code == code:
            return row
    raise UnknownCity("그런 시·도가 없습니다.", code=code)


def _row(region: Region, city: City | None, hosts: dict[int, str]) -> CityRow:
    return CityRow(
        code=region.code,
        name_ko=region.name_ko,
        name_en=region.name_en,
        short_name_ko=region.short_name_ko,
        status=city.status if city else City.Status.NOT_OPEN.value,
        standard_version=city.standard_version if city else "",
        plugin=city.plugin if city else "",
        official_site=bool(city and city.official_site),
        host=hosts.get(city.pk, "") if city else "",
        opened_on=city.opened_at.date() if city and city.opened_at else None,
    )
