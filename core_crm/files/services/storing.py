"""Take a file in: its real type, a bound on its size, and nothing hidden in a photograph."""

from __future__ import annotations

import hashlib
import io
from datetime import datetime
from pathlib import PurePath
from typing import IO
from uuid import UUID

from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

from core_crm.files.errors import FileTooLarge, FileTypeNotAllowed
from core_crm.files.models import StoredFile
from core_crm.files.types import IMAGES, MAX_BYTES, sniff
from tenants.isolation.ids import uuid7
from tenants.isolation.keys import city_storage

MAX_PIXELS = 50_000_000
LONGEST_SIDE = 2560


def file_store(
    content: IO[bytes], *, name: str, about_kind: str, about_id: UUID, now: datetime
) -> StoredFile:
    """Keep a file. Photographs lose their metadata (place, camera) and are made smaller.

    Raises FileTooLarge over 10 MB and FileTypeNotAllowed for anything but JPEG, PNG, WebP and PDF.
    """
    data = content.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise FileTooLarge("파일은 10MB까지 올릴 수 있습니다.", name=name, limit_bytes=MAX_BYTES)
    kind = sniff(data[:16])
    if not kind:
        raise FileTypeNotAllowed("사진(JPG·PNG·WebP)이나 PDF만 올릴 수 있습니다.", name=name)
    if kind in IMAGES:
        data = _plain_image(data, kind=kind, name=name)
    identity = uuid7()
    path = city_storage().save(f"{about_kind}/{about_id}/{identity}", ContentFile(data))
    return StoredFile.objects.create(
        id=identity,
        about_kind=about_kind,
        about_id=about_id,
        name=PurePath(name).name[-200:] or "파일",
        path=path,
        content_type=kind,
        size_bytes=len(data),
        digest=hashlib.sha256(data).hexdigest(),
        stored_at=now,
    )


def _plain_image(data: bytes, *, kind: str, name: str) -> bytes:
    """The picture alone: turned upright, at most 2,560 pixels long, without metadata."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise FileTooLarge(
                    "사진의 화소가 너무 많습니다.", name=name, limit_pixels=MAX_PIXELS
                )
            upright = ImageOps.exif_transpose(image)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise FileTypeNotAllowed("사진 파일을 읽을 수 없습니다.", name=name) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, format=kind.partition("/")[2].upper())
    return out.getvalue()
