"""Reads of imports, of what rows can become, and of what foreign rows became."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from core_crm.imports.errors import BatchNotFound, RowKindUnknown
from core_crm.imports.models import ImportBatch, ImportedRow
from core_crm.imports.types import BatchState, ImportPlan, Progress, RowKind, RowProblem

IN_LINE = (BatchState.WAITING, BatchState.RUNNING, BatchState.UNDOING)

_kinds: dict[str, RowKind] = {}


def register_row_kind(kind: RowKind) -> None:
    """A room above says what rows of a file can become there."""
    _kinds[kind.code] = kind


def row_kinds() -> tuple[RowKind, ...]:
    """Everything that rows can become, in the order in which the rooms said so."""
    return tuple(_kinds.values())


def row_kind(code: str) -> RowKind:
    """Raises RowKindUnknown."""
    if code not in _kinds:
        raise RowKindUnknown(
            "그런 종류의 파일은 가져올 수 없습니다.", kind=code, kinds=sorted(_kinds)
        )
    return _kinds[code]


def batch_get(batch_id: UUID) -> ImportBatch:
    """Raises BatchNotFound."""
    found = ImportBatch.objects.filter(pk=batch_id).first()
    if found is None:
        raise BatchNotFound("그런 일괄 등록이 없습니다.")
    return found


def batch_list(*, kind: str = "") -> QuerySet[ImportBatch]:
    """Files taken in, the newest first."""
    found = ImportBatch.objects.order_by("-created_at", "-id")
    return found.filter(kind=kind) if kind else found


def batches_moving() -> list[UUID]:
    """Those that a worker has to do with, in their order."""
    found = ImportBatch.objects.filter(state__in=IN_LINE, queued_at__isnull=False)
    return list(found.order_by("queued_at").values_list("pk", flat=True))


def batch_progress(batch_id: UUID) -> Progress:
    """How far it is, from its row alone. Raises BatchNotFound."""
    batch = batch_get(batch_id)
    left = max(batch.total - batch.rows, 0)
    is_running = batch.state == BatchState.RUNNING and batch.rate > 0
    return Progress(
        rows=batch.rows,
        total=batch.total,
        rate=batch.rate,
        left_seconds=left / batch.rate if is_running else None,
        state=batch.state,
        place=_place(batch) if batch.state == BatchState.WAITING else None,
        created=batch.created,
        updated=batch.updated,
        skipped=batch.skipped,
        refused=batch.refused,
    )


def plan_of(batch: ImportBatch) -> ImportPlan | None:
    """What the check before found, while nothing was run since."""
    if not batch.plan:
        return None
    problems: list[dict[str, Any]] = batch.plan["problems"]
    return ImportPlan(**batch.plan | {"problems": tuple(RowProblem(**each) for each in problems)})


def _place(batch: ImportBatch) -> int:
    """1: the next one."""
    ahead = ImportBatch.objects.filter(state__in=IN_LINE, queued_at__lt=batch.queued_at)
    return ahead.count() + 1


def imported_find(*, kind: str, source: str, external_ids: Iterable[str]) -> dict[str, UUID]:
    """What rows of a foreign system became when they were taken in before, by their ids there."""
    return dict(
        ImportedRow.objects.filter(
            kind=kind, source=source, external_id__in=list(external_ids)
        ).values_list("external_id", "object_id")
    )


def imported_objects(batch: ImportBatch) -> list[UUID]:
    """Ids of all objects one file created."""
    return list(batch.imported_rows.values_list("object_id", flat=True))
