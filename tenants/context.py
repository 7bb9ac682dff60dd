"""Which city is being served. Lives in a ContextVar, never on a connection or a thread.

There is no default city: outside `with serving_city(…)` every road to a city's data ends in NoCity.
"""

from __future__ import annotations

from tenants.directory import by_code, by_host, open_city_codes
from tenants.errors import NoCity
from tenants.scope import current, current_or_none
from tenants.serving import (
    PLATFORM_SCHEMA,
    Serving,
    city_role,
    ministry_role,
    platform_role,
    rollup_role,
    serving_ministry,
    serving_platform,
    serving_rollup,
)
from tenants.types import CityRef

__all__ = [
    "PLATFORM_SCHEMA",
    "CityRef",
    "Serving",
    "by_host",
    "city_role",
    "current_city",
    "current_city_or_none",
    "ministry_role",
    "open_city_codes",
    "platform_role",
    "rollup_role",
    "serving_city",
    "serving_ministry",
    "serving_platform",
    "serving_rollup",
]


def current_city() -> CityRef:
    """The city being served. Raises NoCity outside of one, and in the platform's own pages."""
    city = current().city
    if city is None:
        raise NoCity("The platform is being served here, not a city.")
    return city


def current_city_or_none() -> CityRef | None:
    scope = current_or_none()
    return scope.city if scope else None


def serving_city(city: CityRef | str) -> Serving:
    """Serve one city: `with serving_city("busan"):` or `async with serving_city("busan"):`."""
    known = by_code(city) if isinstance(city, str) else city
    return Serving(known.code, city_role(known.code), known)
