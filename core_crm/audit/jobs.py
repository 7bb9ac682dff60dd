"""Sealing, once a minute per city."""

from __future__ import annotations

from django.db import IntegrityError
from django.utils import timezone

from core_crm.audit.services import audit_seal
from tenants.isolation.jobs import city_job


@city_job(name="audit.seal")
def seal() -> int:
    """Seal this city's waiting entries, unless another worker was faster."""
    try:
        return audit_seal(now=timezone.now())
    except IntegrityError:
        return 0
