"""Telling citizens how far it is, every thirty days (민원 처리에 관한 법률 시행령 제23조)."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core_crm.voices.models import Voice
from core_crm.voices.selectors.duties import voices_needing_progress_notice
from core_crm.voices.selectors.procedure import status_label
from core_crm.voices.services.handling import entry_add
from core_crm.voices.services.notices import notice_queue
from core_crm.voices.services.registration import next_progress_notice
from core_crm.voices.types import EntryKind

log = logging.getLogger(__name__)

BATCH = 200


def voices_notify_progress(*, now: datetime) -> int:
    """Write every notice that is due in this city; how many. Harmless to run twice or at once."""
    due = list(voices_needing_progress_notice(now=now).values_list("id", flat=True)[:BATCH])
    return sum(_notify_unless_broken(voice_id, now=now) for voice_id in due)


def _notify_unless_broken(voice_id: UUID, *, now: datetime) -> bool:
    """One voice that cannot be told must not keep the others' statutory notices back."""
    try:
        return _notify(voice_id, now=now)
    except Exception:
        log.exception("progress_notice_failed", extra={"voice_id": str(voice_id)})
        return False


@transaction.atomic
def _notify(voice_id: UUID, *, now: datetime) -> bool:
    voice = (
        voices_needing_progress_notice(now=now)
        .select_for_update(of=("self",), skip_locked=True)
        .filter(pk=voice_id)
        .first()
    )
    if voice is None:
        return False  # somebody else was faster
    told = status_label(voice.status, digest=voice.workflow_digest, language=voice.language)
    key = notice_queue(
        voice,
        template="voice_progress",
        key=f"progress:{voice.progress_notice_at:%Y%m%d}",
        now=now,
        context={"status": told},
    )
    entry_add(voice, kind=EntryKind.NOTICE, body=told, by=None, now=now, message_key=key)
    nxt = next_progress_notice(voice.clock_from_at, now=now)
    Voice.objects.filter(pk=voice.pk).update(progress_notice_at=nxt)
    return True
