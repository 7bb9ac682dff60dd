"""A city worth an archive: people, voices, odd signs, files. Run in a serving process."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import django

django.setup()

from core_crm.files.services import file_store  # noqa: E402  # after django.setup()
from core_crm.voices.types import CitizenDraft  # noqa: E402
from tenants.context import serving_city  # noqa: E402
from tests.support.voices import a_voice, a_voice_in_work, an_office  # noqa: E402

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
VOICES = 30
ODD = "첫 줄\n역\\슬래시 \\N 따옴표\" ' 🙂 끝"


def planted(number: int) -> CitizenDraft:
    """A person whose name, number and address stand nowhere else."""
    return CitizenDraft(
        name=f"심은이름{number:03}",
        phone=f"010-7777-{number:04}",
        email=f"planted{number:03}@planted.example",
    )


def fill(code: str) -> None:
    with serving_city(code):
        office = an_office()
        for number in range(VOICES):
            voice = a_voice(NOW, citizen=planted(number), title=f"심은제목 {number}", body=ODD)
            data = io.BytesIO(b"%PDF-1.4 planted" + bytes([number]))
            file_store(data, name="a.pdf", about_kind="voice", about_id=voice.id, now=NOW)
        a_voice_in_work(office, NOW, citizen=planted(VOICES))


if __name__ == "__main__":
    fill("busan")
