"""Answering a voice, or saying why it cannot be done: the message leaves with the closing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core_crm import events
from core_crm.customers.services import timeline_add
from core_crm.staff.models import Official
from core_crm.voices.errors import TextMissing, UnableNeedsReason
from core_crm.voices.models import Voice, VoiceEntry
from core_crm.voices.services.act import Act
from core_crm.voices.services.acting import act_begin
from core_crm.voices.services.clock import clock_recount
from core_crm.voices.services.closing import close_on
from core_crm.voices.services.drafts import draft_drop
from core_crm.voices.services.handling import entry_add
from core_crm.voices.services.notices import ABOUT, notice_queue
from core_crm.voices.services.supplements import supplement_end
from core_crm.voices.services.wording import moment_in_words
from core_crm.voices.types import DraftKind, EntryKind, Outcome, VoiceAction, VoiceAnswered


@transaction.atomic
def voice_answer(
    voice: Voice,
    *,
    body: str,
    by: Official,
    now: datetime,
    channel: str | None = None,
    expected_version: int | None = None,
) -> Voice:
    """Answer, tell the citizen, and close (unless the city's workflow closes in a step of its own).

    Row, message and events commit together or not at all. Raises VoiceAlreadyAnswered,
    VoiceChangedMeanwhile, TextMissing, RecipientNotReachable and what every act raises.
    """
    if not body.strip():
        raise TextMissing("답변을 적어 주세요.", field="body")
    act = act_begin(
        voice, action=VoiceAction.ANSWER, by=by, now=now, expected_version=expected_version
    )
    entry = _settle(act, Outcome.ANSWERED, body=body)
    _tell(act, entry, template="voice_answered", channel=channel)
    draft_drop(act.voice, official=by, kind=DraftKind.ANSWER)
    return close_on(act)


@transaction.atomic
def voice_close_unable(
    voice: Voice,
    *,
    public_reason: str,
    body: str,
    by: Official,
    now: datetime,
    channel: str | None = None,
    expected_version: int | None = None,
) -> Voice:
    """Close as unable, with a reason that the public may read (case study, Table 5), and tell it.

    Raises UnableNeedsReason and all that `voice_answer` raises.
    """
    if not public_reason.strip():
        raise UnableNeedsReason("공개할 사유를 적어 주세요.", field="public_reason")
    act = act_begin(
        voice,
        action=VoiceAction.CLOSE_UNABLE,
        by=by,
        now=now,
        expected_version=expected_version,
        comment=public_reason,
    )
    act.voice.public_reason = public_reason.strip()[:500]
    entry = _settle(act, Outcome.UNABLE, body=body.strip() or public_reason)
    _tell(act, entry, template="voice_unable", channel=channel)
    draft_drop(act.voice, official=by, kind=DraftKind.UNABLE)
    return close_on(act)


def _settle(act: Act, outcome: Outcome, *, body: str) -> VoiceEntry:
    """The voice as settled, and the entry that settles it."""
    voice = act.voice
    voice.outcome, voice.answered_at = outcome.value, act.now
    voice.officer = voice.officer or act.by
    if voice.is_paused:
        supplement_end(voice, now=act.now)
        clock_recount(voice)  # the days waited for the citizen are not the office's
    return entry_add(voice, kind=EntryKind.ANSWER, body=body, by=act.by, now=act.now)


def _tell(act: Act, entry: VoiceEntry, *, template: str, channel: str | None) -> None:
    voice = act.voice
    entry.message_key = notice_queue(
        voice,
        template=template,
        key=f"answer:{voice.closing_no}",
        now=act.now,
        by=act.by,
        channel=channel,
        context={
            "answer": entry.body,
            "reason": voice.public_reason,
            "answered_at": moment_in_words(act.now, language=voice.language),
        },
    )
    entry.save(update_fields=["message_key"])
    timeline_add(
        voice.citizen,
        kind=f"voice_{voice.outcome}",
        about=(ABOUT, voice.id),
        summary=f"{voice.ref} {voice.title}",
        at=act.now,
    )
    events.record(VoiceAnswered(voice_id=voice.id, ref=voice.ref, entry_id=entry.id))
