"""A photograph of a draft that was never filed does not stay for ever."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import uuid4

from core_crm.files.models import StoredFile
from core_crm.files.services import file_store, files_forget_unfiled
from core_crm.files.types import UNFILED
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-24 10:00")
PDF = b"%PDF-1.7\n"


def handed_in(kind: str) -> StoredFile:
    return file_store(io.BytesIO(PDF), name="a.pdf", about_kind=kind, about_id=uuid4(), now=NOW)


def test_after_a_day_an_unfiled_photograph_goes_and_a_filed_one_stays(busan: ServedCity) -> None:
    handed_in(UNFILED)
    kept = handed_in("voice")
    assert files_forget_unfiled(now=NOW + timedelta(hours=23)) == 0
    assert files_forget_unfiled(now=NOW + timedelta(hours=25)) == 1
    assert list(StoredFile.objects.all()) == [kept]
