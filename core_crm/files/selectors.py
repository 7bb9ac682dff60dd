"""Named reads of files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO
from uuid import UUID

from django.db.models import Count, Sum

from core_crm.files.errors import FileMissing
from core_crm.files.models import StoredFile
from tenants.isolation.keys import city_storage


def files_about(kind: str, identity: UUID) -> list[StoredFile]:
    """Files of one thing, in the order they came."""
    return list(StoredFile.objects.filter(about_kind=kind, about_id=identity).order_by("id"))


def files_about_any(kind: str, ids: Sequence[UUID]) -> list[StoredFile]:
    """What belongs to any of these things, the oldest first."""
    return list(StoredFile.objects.filter(about_kind=kind, about_id__in=ids).order_by("id"))


def file_open(identity: UUID) -> tuple[StoredFile, IO[bytes]]:
    """A file and its bytes. Raises FileMissing."""
    found = StoredFile.objects.filter(pk=identity).first()
    if found is None or not city_storage().exists(found.path):
        raise FileMissing("그런 파일이 없습니다.")
    return found, city_storage().open(found.path)


def files_total() -> tuple[int, int]:
    """How many files the city keeps, and their bytes."""
    found = StoredFile.objects.aggregate(n=Count("id"), size=Sum("size_bytes"))
    return found["n"], found["size"] or 0
