"""What voices hold of a person, and how a closed one loses its person when its time is over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Model, QuerySet

from core_crm.common.personal_holders import HeldRow, LegalHold, held_row
from core_crm.customers.services.forgetting import (
    nobody,
    still_needed_register,
    summaries_forget,
)
from core_crm.files.selectors import files_about_any
from core_crm.files.services import file_delete
from core_crm.voices.models import (
    ClockAdjustment,
    ReplyDraft,
    Voice,
    VoiceEntry,
    VoiceTransition,
)

ABOUT = "voice"
GONE = "보유기간이 지난 민원"
BASIS = "공공기록물 관리에 관한 법률 제27조 (기록물의 폐기), 같은 법 시행령 제26조 (보존기간)"
OURS = ("search_terms", "due_steps", "workflow_digest", "version", "attributes")
OPEN = (
    "EXISTS (SELECT 1 FROM core_voices_voice v WHERE v.citizen_id = c.id AND v.closed_at IS NULL)"
)
OPEN_OF_ALIAS = (
    "EXISTS (SELECT 1 FROM core_voices_voice v JOIN core_customers_citizen o ON o.id = v.citizen_id"
    " WHERE o.merged_into_id = c.id AND v.closed_at IS NULL)"
)


class PersonalVoices:
    """Voices with their conversation and files. They are public records: kept as the law says."""

    code, label_ko = "voices", "민원"
    subjects = frozenset({"voices"})

    def __init__(self) -> None:
        still_needed_register("voices.open", OPEN)
        still_needed_register("voices.open_of_alias", OPEN_OF_ALIAS)

    def held(self, ids: Sequence[UUID]) -> Iterator[HeldRow]:
        for voice in Voice.objects.filter(citizen_id__in=ids).order_by("received_at"):
            own = {f"덧붙인 값: {name}": str(said) for name, said in voice.attributes.items()}
            yield held_row(voice, "voice", at=voice.received_at, more=own, hidden=OURS)
            for entry in voice.entries.order_by("at"):
                yield held_row(entry, "entry", at=entry.at, more={"접수번호": voice.ref})
            for stored in files_about_any(ABOUT, [voice.id]):
                yield held_row(stored, "file", at=stored.stored_at, hidden=("path", "digest"))

    def holds(self, ids: Sequence[UUID]) -> list[LegalHold]:
        count = Voice.objects.filter(citizen_id__in=ids).exclude(body="").count()
        return [LegalHold("voices", "민원 기록", count, BASIS)] if count else []

    def erase(self, ids: Sequence[UUID], *, now: datetime) -> int:
        """Drafts of replies only: the record itself is kept by law until its time is over."""
        return int(ReplyDraft.objects.filter(voice__citizen_id__in=ids).delete()[0])

    def due(self, subject: str, *, before: datetime) -> int:
        return _old(before).count()

    def purge(self, subject: str, *, before: datetime, limit: int, now: datetime) -> int:
        old = _old(before).order_by("closed_at").select_for_update(skip_locked=True)[:limit]
        if found := [one.pk for one in old]:
            _forget(found, now=now)
        return len(found)


def _old(before: datetime) -> QuerySet[Voice]:
    return Voice.objects.filter(closed_at__lt=before).exclude(body="")


def _forget(found: Sequence[UUID], *, now: datetime) -> None:
    """Category, dates, outcome and marks stay; the words, the files and the person go.

    What the public board says stays: it was written by officials without a person in it.
    """
    for stored in files_about_any(ABOUT, found):
        file_delete(stored.id)
    hung: tuple[tuple[type[Model], str], ...] = (
        (VoiceEntry, "body"),
        (VoiceTransition, "comment"),
        (ClockAdjustment, "reason"),
    )
    for model, column in hung:
        model._default_manager.filter(voice_id__in=found).update(**{column: ""})
    ReplyDraft.objects.filter(voice_id__in=found).delete()
    summaries_forget(ABOUT, found)
    Voice.objects.filter(pk__in=found).update(
        title=GONE,
        body="",
        location="",
        attributes={},
        search_terms=[],
        citizen=nobody(now=now),
        updated_at=now,
    )
