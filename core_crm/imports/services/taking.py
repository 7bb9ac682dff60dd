"""Rows of a file becoming objects, a piece at a time, for the check before and for the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import islice

from django.db import transaction

from core_crm.imports.errors import ColumnsNotMatched, NotNow
from core_crm.imports.models import ImportBatch
from core_crm.imports.selectors import row_kind
from core_crm.imports.services.rows import BatchRows
from core_crm.imports.types import (
    BatchState,
    ImportPlan,
    MatchPolicy,
    RowOutcome,
    RowProblem,
    RowResult,
    TableRow,
    Taking,
)

PIECE = 5_000
MOST_PLANNED = 20_000
"""Rows that the check before looks at; a page waits for it."""
FIRST_PROBLEMS = 20


def batch_plan(batch: ImportBatch, *, now: datetime) -> ImportPlan:
    """What a run would do with the first 20,000 rows, with the first 20 problems. Changes nothing.

    Raises ColumnsNotMatched, NotNow.
    """
    if batch.state not in (BatchState.DRAFT, BatchState.PLANNED):
        raise NotNow("이미 시작한 파일입니다.")
    if not any(batch.mapping.values()):
        raise ColumnsNotMatched("먼저 열을 맞추어 주세요.")
    counts, problems = _rehearsed(batch, now=now)
    plan = ImportPlan(
        rows=counts.total(),
        created=counts[RowOutcome.CREATED],
        updated=counts[RowOutcome.UPDATED],
        skipped=counts[RowOutcome.SKIPPED],
        refused=counts[RowOutcome.REFUSED],
        problems=tuple(problems),
        is_whole=counts.total() < MOST_PLANNED,
    )
    batch.plan, batch.state = asdict(plan), BatchState.PLANNED
    batch.total = plan.rows if plan.is_whole else batch.total
    batch.save(update_fields=["plan", "state", "total"])
    return plan


@transaction.atomic
def _rehearsed(batch: ImportBatch, *, now: datetime) -> tuple[Counter[str], list[RowProblem]]:
    """Take them in and let the database forget it: a row meets those before it, as in the run."""
    counts: Counter[str] = Counter()
    problems: list[RowProblem] = []
    for piece in pieces(islice(BatchRows(batch), MOST_PLANNED)):
        for row, result in take(batch, piece, now=now):
            counts[result.outcome] += 1
            if result.outcome == RowOutcome.REFUSED and len(problems) < FIRST_PROBLEMS:
                problems.append(RowProblem(row.number, result.field, result.reason))
    transaction.set_rollback(True)
    return counts, problems


def pieces(rows: Iterable[TableRow]) -> Iterator[list[TableRow]]:
    """The rows in pieces of 5,000: one transaction each."""
    following = iter(rows)
    while piece := list(islice(following, PIECE)):
        yield piece


def take(
    batch: ImportBatch, rows: Sequence[TableRow], *, now: datetime
) -> list[tuple[TableRow, RowResult]]:
    """Each row with what became of it; a refused one names its column as the file does."""
    column_of = {field: column for column, field in batch.mapping.items() if field}
    readable = [row for row in rows if not row.problem]
    taking = Taking(
        batch_id=batch.pk,
        source=batch.source,
        policy=MatchPolicy(batch.policy),
        acquired_list_id=batch.acquired_list_id,
        now=now,
    )
    given = [
        {field: row.values.get(column_of[field], "") for field in column_of} for row in readable
    ]
    results = iter(row_kind(batch.kind).take(given, taking))
    return [(row, _named(row, results, column_of)) for row in rows]


def _named(row: TableRow, results: Iterator[RowResult], column_of: dict[str, str]) -> RowResult:
    if row.problem:
        return RowResult(RowOutcome.REFUSED, reason=row.problem)
    result = next(results)
    if result.outcome != RowOutcome.REFUSED:
        return result
    column = column_of.get(result.field, "")
    return RowResult(RowOutcome.REFUSED, field=column, reason=result.reason)
