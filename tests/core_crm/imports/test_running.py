"""A file's whole way: read in any form, taken in once, halted, broken off, given back, undone."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from core_crm.audit.models import AuditEntry
from core_crm.imports.errors import NoErrorsFile, NotNow, TableUnreadable
from core_crm.imports.models import ImportBatch
from core_crm.imports.selectors import batch_progress, plan_of
from core_crm.imports.services import (
    batch_cancel,
    batch_errors,
    batch_look,
    batch_map,
    batch_pause,
    batch_plan,
    batch_resume,
    batch_run,
    batch_undo,
    batch_work,
    taking,
    undo_plan,
)
from core_crm.imports.services.rows import kept_path
from core_crm.imports.types import RowProblem
from tests.core_crm.imports.conftest import NOW, run, work
from tests.core_crm.imports.kinds import PupilRows

Opener = Callable[..., ImportBatch]
FILE = "이름,비고\n김하늘,가\n이바다,나\n박1,다\n김하늘,라\n"


def counts(batch: ImportBatch) -> tuple[int, ...]:
    return (batch.rows, batch.created, batch.updated, batch.skipped, batch.refused)


def workbook(rows: list[list[Any]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


FORMS = {
    "utf-8": FILE.encode(),
    "utf-8-sig": FILE.encode("utf-8-sig"),
    "utf-16-le": FILE.encode("utf-16"),
    "cp949": FILE.encode("cp949"),
    "semicolons": FILE.replace(",", ";").encode(),
    "xlsx": workbook([line.split(",") for line in FILE.splitlines()]),
    "json": json.dumps(
        [{"이름": line.split(",")[0], "비고": line[-1]} for line in FILE.splitlines()[1:]]
    ).encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_however_a_file_is_written_its_rows_are_the_same(
    opened: Opener, pupils: PupilRows, form: str
) -> None:
    batch = opened(FORMS[form])
    assert batch.encoding == ("utf-8" if form == "semicolons" else form)
    assert counts(run(batch)) == (4, 2, 1, 0, 1)
    assert set(pupils.taken) == {"김하늘", "이바다"}


def test_the_check_names_row_and_column_and_is_kept(opened: Opener) -> None:
    batch = opened(FILE)
    batch_map(batch, {"이름": "name"})
    plan = batch_plan(batch, now=NOW)
    assert (plan.rows, plan.created, plan.updated, plan.refused) == (4, 2, 1, 1)
    assert plan.problems == (RowProblem(4, "이름", "이름을 다시 확인해 주세요."),)
    batch.refresh_from_db()
    assert (batch.state, batch.rows, plan_of(batch)) == ("planned", 0, plan)


def test_a_file_comes_back_with_what_was_refused_and_goes_in_when_mended(
    opened: Opener, pupils: PupilRows
) -> None:
    batch = run(opened(FILE))
    with batch_errors(batch) as file:
        text = file.read().decode("utf-8-sig")
    assert text.splitlines() == [
        "이름,비고,사유",
        "박1,다,4번째 줄: ‘이름’ 열: 이름을 다시 확인해 주세요.",
    ]
    mended = run(opened(text.replace("박1", "박온유")))
    assert counts(mended) == (1, 1, 0, 0, 0)
    assert "박온유" in pupils.taken


def test_without_refused_rows_there_is_no_file_of_them(opened: Opener) -> None:
    with pytest.raises(NoErrorsFile):
        batch_errors(run(opened("이름\n김하늘\n")))


def test_a_row_that_is_no_row_is_refused_and_the_rest_taken(opened: Opener) -> None:
    batch = run(opened('이름,비고\n김하늘\n"이바다,나\n박온유,다\n'))
    assert counts(batch) == (3, 1, 0, 0, 2)


def many(monkeypatch: pytest.MonkeyPatch, opened: Opener) -> ImportBatch:
    """Six rows, two in a piece, matched and in the line."""
    monkeypatch.setattr(taking, "PIECE", 2)
    batch = opened("이름\n" + "\n".join("가나다라마바") + "\n")
    batch_map(batch, {"이름": "name"})
    batch_run(batch, by=None, now=NOW)
    return batch


def test_after_a_worker_died_it_goes_on_where_it_was(
    monkeypatch: pytest.MonkeyPatch, opened: Opener, pupils: PupilRows
) -> None:
    batch = many(monkeypatch, opened)
    pupils.breaks_at = "라"
    with pytest.raises(KeyboardInterrupt):
        work(batch)
    batch.refresh_from_db()
    assert (batch.state, counts(batch)) == ("running", (2, 2, 0, 0, 0))
    pupils.breaks_at = ""
    assert counts(work(batch)) == (6, 6, 0, 0, 0)
    assert list(pupils.taken) == list("가나다라마바")


def test_a_fault_of_ours_stands_still_for_people_to_see_and_may_be_resumed(
    monkeypatch: pytest.MonkeyPatch, opened: Opener, pupils: PupilRows
) -> None:
    batch = many(monkeypatch, opened)
    pupils.breaks_at, pupils.fault = "라", ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        work(batch)
    batch.refresh_from_db()
    assert (batch.state, counts(batch)) == ("failed", (2, 2, 0, 0, 0))
    pupils.breaks_at = ""
    batch_resume(batch, by=None, now=NOW)
    assert counts(work(batch)) == (6, 6, 0, 0, 0)


def test_it_is_halted_after_a_piece_and_goes_on(
    monkeypatch: pytest.MonkeyPatch, opened: Opener
) -> None:
    batch = many(monkeypatch, opened)
    assert batch_work(batch.pk, now=NOW, seconds=0)
    batch_pause(batch, by=None, now=NOW)
    assert not batch_work(batch.pk, now=NOW)
    batch.refresh_from_db()
    assert (batch.state, batch.rows) == ("paused", 2)
    batch_resume(batch, by=None, now=NOW)
    assert work(batch).rows == 6


def test_what_was_taken_in_before_the_end_stays_until_it_is_undone(
    monkeypatch: pytest.MonkeyPatch, opened: Opener, pupils: PupilRows
) -> None:
    batch = many(monkeypatch, opened)
    batch_work(batch.pk, now=NOW, seconds=0)
    batch_cancel(batch, by=None, now=NOW)
    assert not kept_path(batch).exists()
    assert set(pupils.taken) == {"가", "나"}
    with pytest.raises(NotNow):
        batch_resume(batch, by=None, now=NOW)
    batch_undo(batch, by=None, now=NOW)
    assert work(batch).state == "undone"
    assert pupils.taken == {}


def test_an_undo_keeps_what_is_in_use_and_says_so(opened: Opener, pupils: PupilRows) -> None:
    batch = run(opened(FILE))
    pupils.in_use = {pupils.taken["이바다"]}
    plan = undo_plan(batch)
    assert (plan.removed, plan.restored, plan.kept) == (1, 1, 1)
    assert plan.reasons[0][1] == 1
    batch_undo(batch, by=None, now=NOW)
    assert work(batch).state == "undone"
    assert set(pupils.taken) == {"이바다"}
    assert len(pupils.restored) == 1
    with pytest.raises(NotNow):
        batch_undo(batch, by=None, now=NOW)


def test_progress_says_how_far_it_is_and_its_place(opened: Opener) -> None:
    first, second = opened(FILE), opened(FILE)
    for batch in (first, second):
        batch_map(batch, {"이름": "name"})
    batch_run(first, by=None, now=NOW)
    batch_run(second, by=None, now=NOW.replace(hour=11))
    waiting = batch_progress(second.pk)
    assert (waiting.state, waiting.place, waiting.rows, waiting.total) == ("waiting", 2, 0, 4)
    ended = batch_progress(work(first).pk)
    assert (ended.state, ended.rows, ended.total, ended.place) == ("done", 4, 4, None)
    assert batch_progress(second.pk).place == 1


@pytest.mark.parametrize("content", [b"", b" \n\n", b"%PDF-1.7", b"[1, 2]", b"[{", b"PK\x03\x04x"])
def test_of_a_file_that_is_no_table_nothing_is_kept(opened: Opener, content: bytes) -> None:
    with pytest.raises(TableUnreadable):
        opened(content)
    assert not ImportBatch.objects.exists()


def test_the_kept_rows_go_when_the_file_is_done(
    opened: Opener, django_capture_on_commit_callbacks: Any
) -> None:
    batch = opened(FILE)
    assert kept_path(batch).exists()
    with django_capture_on_commit_callbacks(execute=True):
        run(batch)
    assert not kept_path(batch).exists()
    assert Path(batch.errors_file).exists()


def test_the_audit_tells_counts_and_no_name(opened: Opener) -> None:
    run(opened(FILE))
    entry = AuditEntry.objects.get(action="import.finished")
    assert (entry.facts["created"], entry.facts["refused"]) == (2, 1)
    assert "김하늘" not in str(entry.facts)


def test_the_columns_of_a_source_are_remembered(opened: Opener) -> None:
    first = opened("가,나\n김하늘,010-0000-1001\n")
    batch_map(first, {"가": "name", "나": ""})
    batch_plan(first, now=NOW)
    looked = {one.name: (one.field, one.why) for one in batch_look(opened("나,가\n1,2\n")).columns}
    assert looked == {"가": ("name", "saved"), "나": ("", "")}
