"""Looks for approved changes whose day has come."""

from __future__ import annotations

from django.utils import timezone

from customization.documents.services import changes_apply_due
from tenants.isolation.jobs import city_job


@city_job(name="config.apply_due")
def apply_due() -> None:
    changes_apply_due(now=timezone.now())
