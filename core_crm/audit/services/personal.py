"""What the access log holds of a person: who was shown their data, when and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from core_crm.audit.models import Disclosure
from core_crm.common.personal_holders import HeldRow, LegalHold, held_row

BASIS = "개인정보의 안전성 확보조치 기준 제8조 제1항 (접속기록 2년 이상 보관)"


class PersonalAccessLog:
    """Rows of the log name a person by id only. Old parts are dropped by the operator, not here."""

    code, label_ko = "audit", "접속기록"
    subjects: frozenset[str] = frozenset()

    def held(self, ids: Sequence[UUID]) -> Iterator[HeldRow]:
        shown = Disclosure.objects.filter(subject_id__in=ids).order_by("at", "id")
        for one in shown:
            yield held_row(one, "disclosure", at=one.at, hidden=("origin", "route"))

    def holds(self, ids: Sequence[UUID]) -> list[LegalHold]:
        count = Disclosure.objects.filter(subject_id__in=ids).count()
        return [LegalHold("access_log", "접속기록", count, BASIS)] if count else []

    def erase(self, ids: Sequence[UUID], *, now: datetime) -> int:
        return 0

    def due(self, subject: str, *, before: datetime) -> int:
        return 0

    def purge(self, subject: str, *, before: datetime, limit: int, now: datetime) -> int:
        return 0
