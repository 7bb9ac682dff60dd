"""Files are judged by their bytes, and a photograph tells only what it shows."""

from __future__ import annotations

import io
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core_crm.files.errors import FileMissing, FileTooLarge, FileTypeNotAllowed
from core_crm.files.models import StoredFile
from core_crm.files.selectors import file_open, files_about
from core_crm.files.services import file_delete, file_store, files_hand_over
from core_crm.files.services.storing import file_name
from core_crm.files.types import MAX_BYTES, sniff
from tenants.context import serving_city
from tenants.isolation.keys import city_storage
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-24 10:00")
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
RED = (200, 10, 10)


def picture(kind: str, *, mode: str = "RGB", size: tuple[int, int] = (60, 40), **options) -> bytes:
    image = Image.new("RGB", size, (10, 10, 200))
    image.paste(RED, (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.convert(mode).save(out, format=kind, **options)
    return out.getvalue()


def photographed() -> bytes:
    """A JPEG with a place, a camera, a comment and a turn of 90 degrees."""
    exif = Image.Exif()
    exif[0x0110] = "Spy camera"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (35.0, 10.0, 46.0)
    return picture("JPEG", exif=exif, comment=b"secret words")


def test_only_the_owner_of_the_process_may_read_a_file(busan: ServedCity) -> None:
    """Broke: citizens' photographs were readable by every user of the machine."""
    path = Path(city_storage().path(store(photographed()).path))
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def store(data: bytes, *, name: str = "photo.jpg", about: UUID | None = None) -> StoredFile:
    return file_store(
        io.BytesIO(data), name=name, about_kind="voice", about_id=about or uuid4(), now=NOW
    )


def bytes_of(stored: StoredFile) -> bytes:
    with file_open(stored.id)[1] as opened:
        return opened.read()


def test_a_photograph_loses_place_camera_and_comment_and_stands_upright(
    busan: ServedCity,
) -> None:
    stored = store(photographed())
    kept = bytes_of(stored)
    image = Image.open(io.BytesIO(kept))
    assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (40, 60), {})
    assert b"Spy" not in kept
    assert b"secret" not in kept
    assert stored.size_bytes == len(kept)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "RGB"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "1"),
        ("PNG", "LA"),
        ("WEBP", "RGB"),
        ("WEBP", "RGBA"),
    ],
)
def test_every_kind_of_picture_keeps_what_it_shows(busan: ServedCity, kind: str, mode: str) -> None:
    data = picture(kind, mode=mode)
    before = Image.open(io.BytesIO(data)).convert("RGB").getpixel((5, 20))
    stored = store(data)
    after = Image.open(io.BytesIO(bytes_of(stored))).convert("RGB").getpixel((5, 20))
    assert stored.content_type == f"image/{kind.lower()}"
    assert all(abs(one - other) < 12 for one, other in zip(before, after, strict=True))


def test_a_large_photograph_is_made_smaller(busan: ServedCity) -> None:
    stored = store(picture("JPEG", size=(4000, 1000)))
    assert Image.open(io.BytesIO(bytes_of(stored))).size == (2560, 640)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(busan: ServedCity) -> None:
    with pytest.raises(FileTooLarge):
        store(picture("PNG", mode="1", size=(10_000, 6_000)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ\x90\x00",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html>",
        b"GIF89a",
        b"PK\x03\x04",
        b"\xff\xd8\xffnot a picture",
        b"\x89PNG\r\n\x1a\nnot a picture",
        b"RIFF\x00\x00\x00\x00WEBPnot a picture",
    ],
)
def test_what_is_no_picture_and_no_pdf_is_refused_whatever_its_name(
    busan: ServedCity, data: bytes
) -> None:
    with pytest.raises(FileTypeNotAllowed) as refused:
        store(data, name="홍길동.jpg")
    assert "홍길동" not in str(refused.value.facts)
    assert not StoredFile.objects.exists()


@given(st.binary(max_size=300), st.sampled_from(["JPEG", "PNG", "WEBP"]))
def test_a_broken_picture_is_refused_and_never_an_accident(noise: bytes, kind: str) -> None:
    from core_crm.files.services.picturing import plain_image

    whole = picture(kind)
    broken = whole[: len(whole) // 2] + noise + whole[len(whole) // 2 + len(noise) :]
    try:
        plain_image(broken, content_type=f"image/{kind.lower()}")
    except (FileTypeNotAllowed, FileTooLarge):
        return


def test_a_pdf_is_kept_as_it_came(busan: ServedCity) -> None:
    stored = store(PDF, name="신청서.pdf")
    assert (stored.content_type, bytes_of(stored)) == ("application/pdf", PDF)


def test_more_than_ten_megabytes_are_refused(busan: ServedCity) -> None:
    with pytest.raises(FileTooLarge):
        store(PDF + bytes(MAX_BYTES))


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("C:\\fakepath\\사진.jpg", "사진.jpg"),
        ("../../etc/passwd", "passwd"),
        ("사진\u202egpj.exe", "사진gpj.exe"),
        ("a\nb.jpg", "a b.jpg"),
        ("", "파일"),
        ("..", "파일"),
        ("x" * 300 + ".jpg", "x" * 196 + ".jpg"),
    ],
)
def test_a_name_is_only_a_name(given_name: str, kept: str) -> None:
    assert file_name(given_name) == kept


def test_bytes_tell_the_type() -> None:
    assert sniff(PDF) == "application/pdf"
    assert sniff(b"RIFF\x00\x00\x00\x00WAVE") == ""


def test_files_are_handed_over_with_what_they_belong_to(busan: ServedCity) -> None:
    form, voice = uuid4(), uuid4()
    stored = store(PDF, about=form)
    assert files_hand_over(about=("voice", form), to=("voice", voice)) == 1
    assert files_about("voice", form) == []
    assert files_about("voice", voice) == [stored]


def test_a_file_taken_back_is_gone_after_the_commit(two_cities: tuple[str, str]) -> None:
    with serving_city("busan"):
        stored = store(PDF)
        with transaction.atomic():
            file_delete(stored.id)
            transaction.set_rollback(True)
        assert bytes_of(stored) == PDF
        file_delete(stored.id)
        with pytest.raises(FileMissing):
            file_open(stored.id)
        file_delete(stored.id)


def test_the_other_city_has_no_such_file(two_cities: tuple[str, str]) -> None:
    with serving_city("busan"):
        stored = store(PDF)
    with serving_city("seoul"), pytest.raises(FileMissing):
        file_open(stored.id)
