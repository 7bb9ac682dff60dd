"""1,000 generated bad files, each taken in as somebody would: what breaks, what is half done.

A file is refused as a whole, or every row of it is taken or refused: the counts sum, the city holds
exactly the people that were counted, and every refusal names its row and, when one cell is at
fault, its column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from core_crm.customers.models import Citizen
from core_crm.imports.selectors import batch_get
from core_crm.imports.services import (
    batch_errors,
    batch_look,
    batch_map,
    batch_open,
    batch_run,
    batch_work,
)
from core_crm.imports.types import BatchState, ImportOptions
from tenants.context import serving_city
from tenants.errors import DomainError
from tests.benchmarks.harness import Figure, counted, say, sized
from tests.support.bad_files import bad_file

FILES = sized(1_000, small=45)
NOW = datetime(2026, 11, 25, tzinfo=UTC)


def run() -> Iterator[Figure]:
    found: Counter[str] = Counter()
    with serving_city("busan"):
        for number in range(FILES):
            name, data = bad_file(number)
            found += _outcome(name, data)
    exact = dict(found) | {"files": FILES}
    for what in ("crashes", "partial", "unnamed"):
        yield counted(f"bad_files.{what}", found[what], goal=0, unit="files", exact=exact)


def _outcome(name: str, data: bytes) -> Counter[str]:
    """What became of one file."""
    before = Citizen.objects.count()
    try:
        batch = _taken_in(name, data)
    except DomainError:
        left = Citizen.objects.count() - before
        return Counter(refused_whole=1, partial=int(left != 0))
    except Exception as crash:
        say(f"bad_files: {name}: {type(crash).__name__}: {str(crash)[:200]}")
        return Counter(crashes=1)
    came = Citizen.objects.count() - before
    is_whole = batch.state == BatchState.DONE and came == batch.created
    if not is_whole:
        say(f"bad_files: {name}: {batch.state}, {came} people, {batch.created} counted")
    unnamed = _unnamed(batch)
    return Counter(
        taken=1,
        rows=batch.rows,
        refused_rows=batch.refused,
        partial=int(not is_whole),
        unnamed=int(unnamed),
    )


def _taken_in(name: str, data: bytes) -> Any:
    upload: Any = SimpleUploadedFile(name, data)
    batch = batch_open("citizens", upload, ImportOptions(source=name), by=None, now=NOW)
    batch_map(batch, {look.name: look.field for look in batch_look(batch).columns})
    batch_run(batch, by=None, now=NOW)
    while batch_work(batch.pk, now=NOW):
        pass
    return batch_get(batch.pk)


def _unnamed(batch: Any) -> bool:
    """Is there a refusal without row, reason, or a column of the file where a cell is at fault?"""
    refusals = list(batch.refusals.all())
    if len(refusals) != batch.refused:
        return True
    if refusals and batch_errors(batch).read().count(b"\n") <= batch.refused:
        return True
    return any(
        one.row < 1 or not one.reason or (one.column and one.column not in batch.mapping)
        for one in refusals
    )
