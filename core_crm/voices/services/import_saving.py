"""Saving one imported row: the voice as received then and, if it was, as settled then."""

from __future__ import annotations

from datetime import datetime

from core_crm.staff.models import Official
from core_crm.voices.models import Voice
from core_crm.voices.selectors.procedure import workflow_of_city
from core_crm.voices.services.act import Act
from core_crm.voices.services.acting import act_finish
from core_crm.voices.services.closing import minutes_set
from core_crm.voices.services.handling import entry_add
from core_crm.voices.services.import_rows import ImportedVoice
from core_crm.voices.services.registration import voice_register
from core_crm.voices.types import EntryKind, Outcome, VoiceAction
from core_crm.workflows import StandardState

NO_REASON = "가져온 자료에 사유가 없습니다."
UNREAD = "파일에 적힌 연락처를 읽을 수 없었습니다: "
ACTIONS = {
    Outcome.ANSWERED: VoiceAction.ANSWER,
    Outcome.UNABLE: VoiceAction.CLOSE_UNABLE,
    Outcome.WITHDRAWN: VoiceAction.WITHDRAW,
    Outcome.TRANSFERRED: VoiceAction.TRANSFER,
}


def imported_save(row: ImportedVoice, *, now: datetime, by: Official | None) -> Voice:
    """Register the row, and settle it as the other system did. Writes to nobody, asks nobody.

    No VoiceClosed is recorded for what was closed elsewhere: its citizens were answered there.
    """
    voice = voice_register(draft=row.draft, now=now, by=by, in_bulk=True)
    if row.contact_as_written:
        entry_add(
            voice,
            kind=EntryKind.NOTE,
            body=UNREAD + row.contact_as_written,
            by=None,
            now=now,
            is_public=False,
        )
    return _settle(voice, row, now=now, by=by) if row.outcome else voice


def _settle(voice: Voice, row: ImportedVoice, *, now: datetime, by: Official | None) -> Voice:
    at = row.answered_at or now
    act = Act(voice, ACTIONS[row.outcome].value, by, now, voice.status, voice.due_at, "일괄 등록")
    workflow = workflow_of_city()
    voice.status = _closed_state()
    voice.phase = workflow.standard_state(voice.status).value
    voice.outcome, voice.closed_at = row.outcome.value, at
    if row.outcome in (Outcome.ANSWERED, Outcome.UNABLE):
        voice.answered_at = at
    if row.outcome == Outcome.UNABLE:
        voice.public_reason = row.answer[:500] or NO_REASON
    if at > voice.received_at:  # else the file does not say when, and nobody knows how long it took
        minutes_set(voice, end=at)
    if row.answer:
        entry_add(voice, kind=EntryKind.ANSWER, body=row.answer, by=None, now=at)
    return act_finish(act)


def _closed_state() -> str:
    """The city's own state that stands for closed."""
    return next(
        code for code, state in workflow_of_city().states() if state.maps_to == StandardState.CLOSED
    )
