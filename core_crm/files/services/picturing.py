"""A photograph as it is kept: the picture alone."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, ImageOps

from core_crm.files.errors import FileTooLarge, FileTypeNotAllowed

MAX_PIXELS = 50_000_000
LONGEST_SIDE_PIXELS = 2560
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error)


def plain_image(data: bytes, *, content_type: str) -> bytes:
    """Turned upright, at most 2,560 pixels long, drawn anew: no place, camera or hidden data.

    An animation keeps its first picture. Raises FileTooLarge, FileTypeNotAllowed.
    """
    known = FORMATS[content_type]
    try:
        with Image.open(io.BytesIO(data), formats=[known]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise FileTooLarge("사진의 화소가 너무 많습니다.", limit_pixels=MAX_PIXELS)
            upright = ImageOps.exif_transpose(_drawable(image, known))
    except (*_UNREADABLE, Image.DecompressionBombError) as error:
        raise FileTypeNotAllowed("사진 파일을 읽을 수 없습니다.") from error
    upright.thumbnail((LONGEST_SIDE_PIXELS, LONGEST_SIDE_PIXELS))
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, format=known, quality=88)
    return out.getvalue()


def _drawable(image: Image.Image, known: str) -> Image.Image:
    """In a colour mode that needs no palette; the turn noted in its metadata is kept for now."""
    if image.mode in ("RGB", "L") and "transparency" not in image.info:
        return image
    drawn = image.convert("RGB" if known == "JPEG" else "RGBA")
    drawn.info.pop("transparency", None)
    return drawn
