"""Edges, with the clock: a change whose day has come, a grace that is over, a city that opens."""

from __future__ import annotations

from django.utils import timezone

from customization.documents.services import changes_apply_due, upgrades_apply_due
from customization.documents.services.opening import overlay_publish
from tenants.isolation.jobs import city_job
from tenants.types import CityRef


@city_job(name="config.apply_due")
def apply_due() -> None:
    now = timezone.now()
    changes_apply_due(now=now)
    upgrades_apply_due(now=now)


def overlay_step(city: CityRef) -> None:
    """Provisioning step, before the catalogue is loaded from the documents. Safe to repeat."""
    overlay_publish(city.region_code, now=timezone.now())
