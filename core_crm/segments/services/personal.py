"""What segments hold of a person: that a kept one held them at its moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from core_crm.common.personal_holders import HeldRow, LegalHold
from core_crm.segments.models import SegmentMember


class PersonalSegments:
    """Places in kept segments."""

    code, label_ko = "segments", "세그먼트"
    subjects: frozenset[str] = frozenset()

    def held(self, ids: Sequence[UUID]) -> Iterator[HeldRow]:
        members = SegmentMember.objects.filter(citizen_id__in=ids).select_related("segment")
        for one in members.order_by("pk"):
            said = {"이름": one.segment.name}
            yield HeldRow("segment", "고정한 대상", one.segment.taken_at, said)

    def holds(self, ids: Sequence[UUID]) -> list[LegalHold]:
        return []

    def erase(self, ids: Sequence[UUID], *, now: datetime) -> int:
        return int(SegmentMember.objects.filter(citizen_id__in=ids).delete()[0])

    def due(self, subject: str, *, before: datetime) -> int:
        return 0

    def purge(self, subject: str, *, before: datetime, limit: int, now: datetime) -> int:
        return 0
