"""Files change hands, or go."""

from __future__ import annotations

from uuid import UUID

from core_crm.files.models import StoredFile
from tenants.isolation.keys import city_storage


def files_hand_over(*, about: tuple[str, UUID], to: tuple[str, UUID]) -> int:
    """What was stored for a draft now belongs to what became of it; how many files."""
    (kind, identity), (new_kind, new_identity) = about, to
    mine = StoredFile.objects.filter(about_kind=kind, about_id=identity)
    return mine.update(about_kind=new_kind, about_id=new_identity)


def file_delete(identity: UUID) -> None:
    """Take a file away, its content too. Nothing happens when it is gone already."""
    found = StoredFile.objects.filter(pk=identity).first()
    if found is None:
        return
    city_storage().delete(found.path)
    found.delete()
