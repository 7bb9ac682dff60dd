"""Letting go of what was handed in for something that was never filed."""

from __future__ import annotations

from datetime import datetime, timedelta

from core_crm.files.models import StoredFile
from core_crm.files.services.storing import file_delete
from core_crm.files.types import UNFILED

KEPT_FOR = timedelta(days=1)  # longer than any session in which a draft can still be filed
BATCH = 1000


def files_forget_unfiled(*, now: datetime) -> int:
    """Remove photographs of drafts that nobody filed within a day; how many."""
    old = StoredFile.objects.filter(about_kind=UNFILED, stored_at__lt=now - KEPT_FOR)
    forgotten = list(old.order_by("stored_at").values_list("id", flat=True)[:BATCH])
    for identity in forgotten:
        file_delete(identity)
    return len(forgotten)
