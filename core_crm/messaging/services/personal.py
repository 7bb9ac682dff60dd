"""What the outbox holds of a person: letters to them, found by their id and their contacts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from core_crm.common.personal_holders import HeldRow, LegalHold, held_row
from core_crm.customers.selectors.personal import contacts_of_ids
from core_crm.messaging.models import DemoLetter, OutgoingMessage
from core_crm.messaging.types import MessageState

OURS = ("dedup_key", "gateway", "gateway_ref", "attempts", "byte_count", "parts")
WAITING = (MessageState.QUEUED, MessageState.SENDING)


class PersonalMessages:
    """Messages sent or waiting, and the demo world's letters."""

    code, label_ko = "messaging", "메시지"
    subjects = frozenset({"messages"})

    def held(self, ids: Sequence[UUID]) -> Iterator[HeldRow]:
        for one in _messages(ids).order_by("created_at"):
            yield held_row(one, "message", at=one.created_at, hidden=OURS)

    def holds(self, ids: Sequence[UUID]) -> list[LegalHold]:
        return []

    def erase(self, ids: Sequence[UUID], *, now: datetime) -> int:
        """What waits is not sent any more; what went stays as a number."""
        found = _messages(ids)
        gone = found.filter(state__in=WAITING).delete()[0]
        letters = DemoLetter.objects.filter(recipient__in=contacts_of_ids(ids))
        return int(gone) + _blank(found) + letters.delete()[0]

    def due(self, subject: str, *, before: datetime) -> int:
        return _old(before).count()

    def purge(self, subject: str, *, before: datetime, limit: int, now: datetime) -> int:
        old = _old(before).order_by("created_at").select_for_update(skip_locked=True)
        return _blank(OutgoingMessage.objects.filter(pk__in=[one.pk for one in old[:limit]]))


def _messages(ids: Sequence[UUID]) -> QuerySet[OutgoingMessage]:
    mine = Q(citizen_id__in=ids) | Q(recipient__in=contacts_of_ids(ids))
    return OutgoingMessage.objects.filter(mine)


def _old(before: datetime) -> QuerySet[OutgoingMessage]:
    old = OutgoingMessage.objects.filter(created_at__lt=before).exclude(state__in=WAITING)
    return old.exclude(recipient="", subject="", body="")


def _blank(found: QuerySet[OutgoingMessage]) -> int:
    return found.exclude(recipient="", subject="", body="").update(
        recipient="", subject="", body=""
    )
