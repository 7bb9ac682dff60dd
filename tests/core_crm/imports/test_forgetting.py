"""What was left open for a week is ended, what ended a month ago is emptied, and no sooner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from core_crm.imports.models import ImportBatch
from core_crm.imports.services.forgetting import batches_forget
from core_crm.imports.services.rows import kept_path
from tests.core_crm.imports.conftest import NOW, run

Opener = Callable[..., ImportBatch]
FILE = "이름\n김하늘\n박1\n"


def test_a_file_left_open_is_deleted_after_a_week(opened: Opener) -> None:
    batch = opened(FILE)
    path = kept_path(batch)
    assert batches_forget(now=NOW + timedelta(days=6)) == 0
    assert path.exists()
    assert batches_forget(now=NOW + timedelta(days=8)) == 1
    batch.refresh_from_db()
    assert (batch.state, path.exists()) == ("cancelled", False)
    assert batches_forget(now=NOW + timedelta(days=9)) == 0


def test_refused_rows_and_values_before_go_after_a_month(opened: Opener) -> None:
    batch = run(opened(FILE))
    errors = Path(batch.errors_file)
    assert batches_forget(now=NOW + timedelta(days=29)) == 0
    assert (errors.exists(), batch.pieces.count()) == (True, 1)
    assert batches_forget(now=NOW + timedelta(days=31)) == 1
    batch.refresh_from_db()
    assert (errors.exists(), batch.errors_file, batch.pieces.count()) == (False, "", 0)
    assert (batch.state, batch.created) == ("done", 1)
    assert batches_forget(now=NOW + timedelta(days=32)) == 0
