"""Keeping what an official has typed and not sent."""

from __future__ import annotations

from datetime import datetime

from core_crm.staff.models import Official
from core_crm.voices.errors import WordUnknown
from core_crm.voices.models import ReplyDraft, Voice
from core_crm.voices.types import DraftKind


def draft_save(
    voice: Voice, *, official: Official, kind: str, body: str, now: datetime
) -> ReplyDraft | None:
    """Keep the text as it is now; an empty one is forgotten. Raises WordUnknown."""
    if kind not in list(DraftKind):
        raise WordUnknown("알 수 없는 글의 종류입니다.", kind=kind, known=list(DraftKind))
    if not body.strip():
        draft_drop(voice, official=official, kind=kind)
        return None
    draft, _ = ReplyDraft.objects.update_or_create(
        voice=voice, official=official, kind=kind, defaults={"body": body, "updated_at": now}
    )
    return draft


def draft_drop(voice: Voice, *, official: Official, kind: str) -> None:
    """Forget a draft, once what it was for is done."""
    ReplyDraft.objects.filter(voice=voice, official=official, kind=kind).delete()
