"""Sealing, once a minute: per city, and of what operators did."""

from __future__ import annotations

from django.db import IntegrityError
from django.utils import timezone

from core_crm.audit.services import audit_seal, log_seal
from tenants.isolation.jobs import city_job, platform_job


@city_job(name="audit.seal")
def seal() -> int:
    """Seal this city's waiting entries and access log, unless another worker was faster."""
    return _seal() + _seal_log()


@platform_job(name="audit.seal_platform")
def seal_platform() -> int:
    """Seal what operators did since the last minute."""
    return _seal()


def _seal() -> int:
    try:
        return audit_seal(now=timezone.now())
    except IntegrityError:
        return 0


def _seal_log() -> int:
    try:
        return log_seal(now=timezone.now())
    except IntegrityError:
        return 0
