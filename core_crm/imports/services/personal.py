"""What imports hold of a person: what a batch changed of them, and their foreign number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from core_crm.common.personal_holders import HeldRow, LegalHold, held_row
from core_crm.imports.models import ImportChange, ImportedRow, ImportPiece


class PersonalImports:
    """Rows that became a citizen, and the values before and after."""

    code, label_ko = "imports", "일괄 등록"
    subjects: frozenset[str] = frozenset()

    def held(self, ids: Sequence[UUID]) -> Iterator[HeldRow]:
        for row in ImportedRow.objects.filter(object_id__in=ids).order_by("pk"):
            yield held_row(row, "imported_row")
        changes = ImportChange.objects.filter(object_id__in=ids).select_related("batch")
        for change in changes.order_by("pk"):
            more = {"출처": change.batch.source}
            yield held_row(change, "import_change", at=change.batch.created_at, more=more)

        for piece in ImportPiece.objects.filter(ids__overlap=list(ids)).select_related("batch"):
            told = {"출처": piece.batch.source}
            yield HeldRow("import_piece", "일괄 등록", piece.batch.created_at, told)

    def holds(self, ids: Sequence[UUID]) -> list[LegalHold]:
        return []

    def erase(self, ids: Sequence[UUID], *, now: datetime) -> int:
        """An undo of the batch finds nothing to put back any more."""
        gone = ImportedRow.objects.filter(object_id__in=ids).delete()[0]
        full = ImportChange.objects.filter(object_id__in=ids).exclude(Q(before={}) & Q(after={}))
        return int(gone) + full.update(before={}, after={})

    def due(self, subject: str, *, before: datetime) -> int:
        return 0

    def purge(self, subject: str, *, before: datetime, limit: int, now: datetime) -> int:
        return 0
