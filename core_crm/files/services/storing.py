"""Take a file in, hand it over to what it belongs to, take it back."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import IO
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from core_crm.common.safe_text import tidy
from core_crm.files.errors import FileTooLarge, FileTypeNotAllowed
from core_crm.files.models import StoredFile
from core_crm.files.services.picturing import plain_image
from core_crm.files.types import IMAGES, MAX_BYTES, sniff
from tenants.isolation.keys import city_storage
from tenants.isolation.objects import uuid7


def file_store(
    content: IO[bytes], *, name: str, about_kind: str, about_id: UUID, now: datetime
) -> StoredFile:
    """Keep a file. Photographs lose their metadata (place, camera) and are made smaller.

    Raises FileTooLarge over 10 MB and FileTypeNotAllowed for anything but JPEG, PNG, WebP and PDF.
    """
    data = content.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise FileTooLarge("파일은 10MB까지 올릴 수 있습니다.", limit_bytes=MAX_BYTES)
    content_type = sniff(data[:16])
    if not content_type:
        raise FileTypeNotAllowed("사진(JPG·PNG·WebP)이나 PDF만 올릴 수 있습니다.")
    if content_type in IMAGES:
        data = plain_image(data, content_type=content_type)
    stored = StoredFile(
        id=uuid7(),
        about_kind=about_kind,
        about_id=about_id,
        name=file_name(name),
        content_type=content_type,
        size_bytes=len(data),
        digest=hashlib.sha256(data).hexdigest(),
        stored_at=now,
    )
    return _keep(stored, data)


def _keep(stored: StoredFile, data: bytes) -> StoredFile:
    """Bytes first, then the row: bytes without a row are waste, a row without bytes is a lie."""
    name = f"{stored.stored_at:%Y/%m}/{stored.id}"
    stored.path = city_storage().save(name, ContentFile(data))
    try:
        with transaction.atomic():
            stored.save(force_insert=True)
    except BaseException:
        city_storage().delete(stored.path)
        raise
    return stored


def file_name(given: str) -> str:
    """The last part of a name as somebody's computer gave it, without unseen signs."""
    last = tidy(given.replace("\\", "/").rpartition("/")[2]).replace("\n", " ").strip(". ")
    return last[-200:] or "파일"


@transaction.atomic
def file_delete(identity: UUID) -> None:
    """Take a file back; nothing happens when there is none. Its bytes go after the commit."""
    found = StoredFile.objects.filter(id=identity).first()
    if found is None:
        return
    path, storage = found.path, city_storage()
    found.delete()
    transaction.on_commit(lambda: storage.delete(path), robust=True)


@transaction.atomic
def files_hand_over(*, about: tuple[str, UUID], to: tuple[str, UUID]) -> int:
    """Give all files of one thing to another (of a form being filled in to the voice); how many."""
    held = StoredFile.objects.filter(about_kind=about[0], about_id=about[1])
    return held.update(about_kind=to[0], about_id=to[1])
