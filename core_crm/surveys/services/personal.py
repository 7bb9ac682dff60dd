"""What surveys hold of a person: that they were asked, and what they said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from core_crm.common.personal_holders import HeldRow, LegalHold, held_row
from core_crm.customers.selectors.personal import nobodys_id
from core_crm.customers.services.forgetting import nobody
from core_crm.surveys.models import SurveyAnswer, SurveyInvitation

OURS = ("token_digest", "message_key")


class PersonalSurveys:
    """Invitations and answers. The marks stay as numbers."""

    code, label_ko = "surveys", "만족도 조사"
    subjects = frozenset({"surveys"})

    def held(self, ids: Sequence[UUID]) -> Iterator[HeldRow]:
        asked = SurveyInvitation.objects.filter(citizen_id__in=ids).order_by("recorded_at")
        for one in asked.select_related("answer"):
            yield held_row(one, "invitation", at=one.recorded_at, hidden=OURS)
            if (answer := getattr(one, "answer", None)) is not None:
                yield held_row(answer, "answer", at=answer.at)

    def holds(self, ids: Sequence[UUID]) -> list[LegalHold]:
        return []

    def erase(self, ids: Sequence[UUID], *, now: datetime) -> int:
        return _forget(SurveyInvitation.objects.filter(citizen_id__in=ids), now=now)

    def due(self, subject: str, *, before: datetime) -> int:
        return _old(before).count()

    def purge(self, subject: str, *, before: datetime, limit: int, now: datetime) -> int:
        old = _old(before).order_by("recorded_at").select_for_update(skip_locked=True)[:limit]
        found = [one.pk for one in old]
        return _forget(SurveyInvitation.objects.filter(pk__in=found), now=now) if found else 0


def _old(before: datetime) -> QuerySet[SurveyInvitation]:
    return SurveyInvitation.objects.filter(recorded_at__lt=before).exclude(citizen=nobodys_id())


def _forget(found: QuerySet[SurveyInvitation], *, now: datetime) -> int:
    """Who answered and the free text go; nobody can open the questions any more."""
    SurveyAnswer.objects.filter(invitation__in=found).update(comment="")
    return found.update(citizen=nobody(now=now))
