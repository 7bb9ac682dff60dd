"""Named reads of the platform's tables, by the platform role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from tenants.errors import UnknownCity
from tenants.models import City, Host, Region, RegionCode, RegionPopulation
from tenants.types import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class CityRow:
    """A government of today, served or not; or a copy of one, beside it.

    `opened_on` None: it was never listed. `limits` and `contacts`: see the model City.
    """

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
    region_code: str
    purpose: str = Purpose.SERVICE
    is_trial: bool = False
    public_at: datetime | None = None
    ring: int = 1
    limits: Mapping[str, int] = field(default_factory=dict)
    contacts: Mapping[str, str] = field(default_factory=dict)


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


def city_copies() -> list[CityRow]:
    """Copies of cities: restored beside them, to be looked at, switched to or erased."""
    copies = City.objects.exclude(purpose=Purpose.SERVICE.value).order_by("code")
    hosts = dict(Host.objects.filter(is_primary=True).values_list("tenant_id", "domain"))
    return [_of_city(city, hosts.get(city.pk, "")) for city in copies]


def city_get(code: str, *, on: date) -> CityRow:
    """One government of the day, or a copy. Raises UnknownCity."""
    for row in (*city_list(on=on), *city_copies()):
        if row.code == code:
            return row
    raise UnknownCity("그런 시·도가 없습니다.", code=code)


def hosts_of(code: str) -> list[str]:
    """Every host name of a city, the primary one first."""
    found = Host.objects.filter(tenant__code=code).order_by("-is_primary", "domain")
    return list(found.values_list("domain", flat=True))


def _row(region: Region, city: City | None, hosts: dict[int, str]) -> CityRow:
    if city is not None:
        return _of_city(city, hosts.get(city.pk, ""), region=region)
    return CityRow(
        code=region.code,
        name_ko=region.name_ko,
        name_en=region.name_en,
        short_name_ko=region.short_name_ko,
        status=City.Status.NOT_OPEN.value,
        standard_version="",
        plugin="",
        official_site=False,
        host="",
        opened_on=None,
        region_code=region.code,
    )


def _of_city(city: City, host: str, *, region: Region | None = None) -> CityRow:
    """By the government's name of the day, where there is one."""
    named = region or city
    return CityRow(
        code=city.code,
        name_ko=named.name_ko,
        name_en=named.name_en,
        short_name_ko=named.short_name_ko,
        status=city.status,
        standard_version=city.standard_version,
        plugin=city.plugin,
        official_site=city.official_site,
        host=host,
        opened_on=city.opened_at.date() if city.opened_at else None,
        region_code=city.region_code,
        purpose=city.purpose,
        is_trial=city.is_trial,
        public_at=city.public_at,
        ring=city.ring,
        limits=city.limits,
        contacts=city.contacts,
    )
