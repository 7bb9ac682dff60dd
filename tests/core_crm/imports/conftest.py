"""Rows of pupils, and files that hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core_crm.imports import selectors
from core_crm.imports.models import ImportBatch
from core_crm.imports.services import batch_look, batch_map, batch_open, batch_run, batch_work
from core_crm.imports.types import ImportOptions
from tests.conftest import ServedCity, kst
from tests.core_crm.imports.kinds import PupilRows

NOW = kst("2026-11-24 10:00")
Opener = Callable[..., ImportBatch]


@pytest.fixture
def pupils(busan: ServedCity) -> Iterator[PupilRows]:
    kind = PupilRows()
    selectors.register_row_kind(kind)
    yield kind
    selectors._kinds.pop(kind.code)


@pytest.fixture
def opened(pupils: PupilRows) -> Opener:
    """`opened("이름\\n김하늘\\n")`: a draft of a batch."""

    def make(content: str | bytes, *, name: str = "학생.csv", **options: Any) -> ImportBatch:
        data = content.encode() if isinstance(content, str) else content
        said = ImportOptions(**{"source": "학교", **options})
        return batch_open("pupils", SimpleUploadedFile(name, data), said, by=None, now=NOW)

    return make


def run(batch: ImportBatch) -> ImportBatch:
    """Matched as suggested, and taken in to its end."""
    columns = batch_look(batch).columns
    batch_map(batch, {one.name: one.field for one in columns})
    batch_run(batch, by=None, now=NOW)
    return work(batch)


def work(batch: ImportBatch) -> ImportBatch:
    while batch_work(batch.pk, now=NOW):
        pass
    batch.refresh_from_db()
    return batch
