"""Reads of imports and of what foreign rows became."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from core_crm.imports.models import ImportBatch, ImportedRow


def batch_list(*, kind: str = "") -> QuerySet[ImportBatch]:
    """Files taken in, the newest first."""
    found = ImportBatch.objects.order_by("-created_at", "-id")
    return found.filter(kind=kind) if kind else found


def imported_find(*, kind: str, source: str, external_ids: Iterable[str]) -> dict[str, UUID]:
    """What rows of a foreign system became when they were taken in before, by their ids there."""
    return dict(
        ImportedRow.objects.filter(
            kind=kind, source=source, external_id__in=list(external_ids)
        ).values_list("external_id", "object_id")
    )


def imported_objects(batch: ImportBatch) -> list[UUID]:
    """Ids of all objects one file created."""
    return list(batch.imported_rows.values_list("object_id", flat=True))
