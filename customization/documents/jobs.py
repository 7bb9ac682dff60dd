"""Looks for approved changes whose day has come, and for releases whose grace is over."""

from __future__ import annotations

from django.utils import timezone

from customization.documents.services import changes_apply_due, upgrades_apply_due
from tenants.isolation.jobs import city_job


@city_job(name="config.apply_due")
def apply_due() -> None:
    now = timezone.now()
    changes_apply_due(now=now)
    upgrades_apply_due(now=now)
