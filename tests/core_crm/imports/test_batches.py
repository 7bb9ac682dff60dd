"""The books of an import."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from core_crm.imports.errors import BatchAlreadyFinished
from core_crm.imports.models import ImportBatch
from core_crm.imports.selectors import batch_list, imported_find, imported_objects
from core_crm.imports.services import (
    ErrorFile,
    batch_add,
    batch_fail,
    batch_finish,
    batch_start,
    imported_note,
    table_read,
)
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-24 10:00")


def a_batch() -> ImportBatch:
    return batch_start(
        kind="voices", source="proposals", file_name="제안.csv", encoding="cp949", now=NOW
    )


def test_the_four_counts_sum_to_the_rows_and_refused_rows_are_kept(busan: ServedCity) -> None:
    batch = a_batch()
    table = table_read("번호,내용\n1,가\n2\n".encode())
    errors = ErrorFile(table.columns)
    for row in table.rows:
        if row.problem:
            errors.refuse(row, row.problem)
    batch_add(batch, created=1, refused=1)
    result = batch_finish(batch, errors=errors, now=NOW)
    assert (result.rows, result.created, result.refused) == (2, 1, 1)
    assert result.errors_file
    assert f"/{busan.code}/" in result.errors_file
    assert "칸이 2개여야" in Path(result.errors_file).read_text(encoding="utf-8-sig")


def test_without_refused_rows_there_is_no_error_file(busan: ServedCity) -> None:
    batch = a_batch()
    batch_add(batch, created=1, skipped=2)
    assert batch_finish(batch, errors=ErrorFile(["번호"]), now=NOW).errors_file is None


def test_counts_that_do_not_sum_are_refused_by_the_database(busan: ServedCity) -> None:
    batch = a_batch()
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(rows=5)


def test_a_finished_import_counts_no_more(busan: ServedCity) -> None:
    batch = a_batch()
    batch_fail(batch, now=NOW)
    with pytest.raises(BatchAlreadyFinished):
        batch_add(batch, created=1)
    with pytest.raises(BatchAlreadyFinished):
        batch_finish(batch, errors=ErrorFile([]), now=NOW)
    assert batch_list(kind="voices").get().state == "failed"


def test_a_row_taken_in_before_is_found_by_its_number_there(busan: ServedCity) -> None:
    batch, ours = a_batch(), uuid4()
    imported_note(batch, [("185165", ours)])
    found = imported_find(kind="voices", source="proposals", external_ids=["185165", "1"])
    assert found == {"185165": ours}
    assert imported_find(kind="voices", source="elsewhere", external_ids=["185165"]) == {}
    assert imported_objects(batch) == [ours]
    with pytest.raises(IntegrityError), transaction.atomic():
        imported_note(a_batch(), [("185165", uuid4())])
