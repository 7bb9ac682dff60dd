"""Edges of the room of files."""

from __future__ import annotations

from django.utils import timezone

from core_crm.files.services import files_forget_unfiled
from tenants.isolation.jobs import city_job
from tenants.isolation.queues import Queue


@city_job(name="files.forget_unfiled", queue=Queue.BULK)
def forget_unfiled() -> int:
    """Let go of this city's photographs of drafts that were never filed."""
    return files_forget_unfiled(now=timezone.now())
