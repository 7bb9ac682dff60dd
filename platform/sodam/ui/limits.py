"""What a city's agreed limits are, and the deployment's where the city has none of its own."""

from __future__ import annotations

from django.conf import settings

from tenants.context import current_city_or_none
from tenants.isolation.limits import Limit


def limit_of(name: str) -> int:
    """So many in a minute: the city's own number, else the deployment's; 0 is no limit."""
    city = current_city_or_none()
    usual: int = settings.SODAM_RATE_LIMITS[name]
    return int(city.limits.get(name, usual)) if city else usual


def city_limit() -> Limit:
    """All requests to the city being served, whoever asks."""
    return Limit("city", "all", limit_of("requests_per_minute"))
