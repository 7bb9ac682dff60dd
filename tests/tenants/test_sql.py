"""COPY in its own text: whatever a cell holds comes back as it was."""

from __future__ import annotations

import pytest

from core_crm.imports.models import ImportBatch, ImportedRow
from tenants import sql
from tenants.isolation.ids import uuid7
from tests.conftest import ServedCity, kst

CELLS = ["plain", "a\tb", "two\nlines", "back\\slash", "\\N", "\r", "한글 'quote\" {a,b}", ""]


def test_lines_in_text_form_are_what_they_said(busan: ServedCity) -> None:
    table, now = ImportedRow._meta.db_table, kst("2026-11-25 10:00")
    batch = ImportBatch.objects.create(kind="x", source="x", file_name="x", created_at=now)
    lines = (
        f"{uuid7()}\t{batch.pk}\tx\tx\t{at}{sql.copy_cell(cell)}\t{uuid7()}\n"
        for at, cell in enumerate(CELLS * 100)
    )
    sql.copy_text(table, ("id", "batch_id", "kind", "source", "external_id", "object_id"), lines)
    kept = batch.imported_rows.order_by("id").values_list("external_id", flat=True)
    assert list(kept) == [f"{at}{cell}" for at, cell in enumerate(CELLS * 100)]


@pytest.mark.parametrize("cell", ["a", "한글", "{}"])
def test_a_plain_cell_stays(cell: str) -> None:
    assert sql.copy_cell(cell) is cell
