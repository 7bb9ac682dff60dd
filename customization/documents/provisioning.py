"""Edge: what happens to a fresh city's documents when it is opened."""

from __future__ import annotations

from django.utils import timezone

from customization.documents.services.opening import overlay_publish
from tenants.types import CityRef


def overlay_step(city: CityRef) -> None:
    """Provisioning step, before the catalogue is loaded from the documents. Safe to repeat."""
    overlay_publish(city.code, now=timezone.now())
