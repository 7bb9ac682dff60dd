"""How a voice ends other than by an answer, and how it opens again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core_crm import events
from core_crm.customers.services import timeline_add
from core_crm.staff.models import Official
from core_crm.voices.models import Voice
from core_crm.voices.selectors.clock import adjustments_of, processing_time_of
from core_crm.voices.selectors.procedure import SYSTEM
from core_crm.voices.services.act import Act
from core_crm.voices.services.acting import act_begin, act_finish, can_step, step
from core_crm.voices.services.clock import clock_recount
from core_crm.voices.services.handling import entry_add
from core_crm.voices.services.notices import ABOUT, notice_queue
from core_crm.voices.services.registration import PROGRESS_EVERY
from core_crm.voices.services.supplements import supplement_end
from core_crm.voices.services.wording import moment_in_words
from core_crm.voices.types import EntryKind, Outcome, VoiceAction, VoiceClosed, VoiceReopened


def close_on(act: Act) -> Voice:
    """Finish an act that settles the voice; close it too when the workflow lets the system do so.

    The standard workflow does: the closing happens with the answer.
    """
    if not can_step(act, action=VoiceAction.CLOSE, held=[SYSTEM]):
        return act_finish(act, reason=act.comment)
    step(act, action=VoiceAction.CLOSE, held=[SYSTEM])
    return _closed(act)


@transaction.atomic
def voice_close(
    voice: Voice, *, by: Official | None, now: datetime, expected_version: int | None = None
) -> Voice:
    """Close a settled voice in a city whose workflow does not close with the answer.

    `by` None is the system, when the workflow closes after some time.
    """
    act = act_begin(
        voice,
        action=VoiceAction.CLOSE,
        by=by,
        now=now,
        party=SYSTEM,
        expected_version=expected_version,
    )
    return _closed(act)


def _closed(act: Act) -> Voice:
    voice = act.voice
    voice.closed_at = act.now
    minutes_set(voice, end=voice.answered_at or act.now)
    saved = act_finish(act, reason=act.comment)
    events.record(
        VoiceClosed(
            voice_id=voice.id,
            ref=voice.ref,
            outcome=voice.outcome,
            closing_no=voice.closing_no,
            department_code=voice.department.code if voice.department else "",
            officer_id=voice.officer_id,
        )
    )
    return saved


def minutes_set(voice: Voice, *, end: datetime) -> None:
    """Note how long the handling took until `end`: the answer, or the closing without one."""
    time = processing_time_of(voice, end=end, adjustments=adjustments_of(voice))
    voice.allowed_minutes, voice.used_minutes = time.allowed_minutes, time.used_minutes


@transaction.atomic
def voice_withdraw(
    voice: Voice,
    *,
    now: datetime,
    by: Official | None = None,
    reason: str = "",
    expected_version: int | None = None,
) -> Voice:
    """Take the voice back, as its citizen may before it is settled (법 제22조 제2항).

    `by` is the official who writes the citizen's wish down; without one it came from their page.
    """
    act = act_begin(
        voice,
        action=VoiceAction.WITHDRAW,
        by=by,
        now=now,
        party="citizen",
        expected_version=expected_version,
        comment=reason,
    )
    _end(act, Outcome.WITHDRAWN)
    if reason.strip():
        entry_add(act.voice, kind=EntryKind.CITIZEN, body=reason, by=by, now=now)
    return close_on(act)


@transaction.atomic
def voice_transfer(
    voice: Voice,
    *,
    receiving_agency: str,
    by: Official,
    now: datetime,
    body: str = "",
    expected_version: int | None = None,
) -> Voice:
    """Pass the voice to the body in charge, and tell the citizen which (법 제16조)."""
    agency = receiving_agency.strip()
    act = act_begin(
        voice,
        action=VoiceAction.TRANSFER,
        by=by,
        now=now,
        expected_version=expected_version,
        comment=agency,
    )
    _end(act, Outcome.TRANSFERRED)
    key = notice_queue(
        act.voice,
        template="voice_transferred",
        key=f"answer:{act.voice.closing_no}",
        now=now,
        by=by,
        context={
            "receiving_agency": agency,
            "transferred_at": moment_in_words(now, language=act.voice.language),
        },
    )
    told = f"{agency}\n\n{body}".strip()
    entry_add(act.voice, kind=EntryKind.NOTICE, body=told, by=by, now=now, message_key=key)
    return close_on(act)


def _end(act: Act, outcome: Outcome) -> None:
    act.voice.outcome = outcome.value
    if act.voice.is_paused:
        supplement_end(act.voice, now=act.now)
        clock_recount(act.voice)
    timeline_add(
        act.voice.citizen,
        kind=f"voice_{outcome}",
        about=(ABOUT, act.voice.id),
        summary=f"{act.voice.ref} {act.voice.title}",
        at=act.now,
    )


@transaction.atomic
def voice_reopen(voice: Voice, *, reason: str, now: datetime, by: Official | None = None) -> Voice:
    """Open a closed voice again, because it is not solved; its officer keeps it.

    A new period runs from now (the first due instant stays on record), and the citizen is told.
    `by` None is the citizen, from the survey or their page. Raises NotAllowedInState, TextMissing.
    """
    act = act_begin(
        voice, action=VoiceAction.REOPEN, by=by, now=now, party="citizen", comment=reason
    )
    closed_at = act.voice.closed_at
    _open_again(act)
    entry_add(act.voice, kind=EntryKind.CITIZEN, body=reason, by=by, now=now)
    saved = act_finish(act, reason=reason)
    timeline_add(
        saved.citizen,
        kind="voice_reopened",
        about=(ABOUT, saved.id),
        summary=f"{saved.ref} {saved.title}",
        at=now,
    )
    notice_queue(saved, template="voice_reopened", key=f"reopened:{saved.reopened_count}", now=now)
    events.record(
        VoiceReopened(
            voice_id=saved.id,
            ref=saved.ref,
            reopened_count=saved.reopened_count,
            closed_at=closed_at,
        )
    )
    return saved


def _open_again(act: Act) -> None:
    voice = act.voice
    voice.outcome, voice.answered_at, voice.closed_at = Outcome.NONE.value, None, None
    voice.allowed_minutes, voice.used_minutes = None, None
    voice.public_reason = ""
    voice.reopened_count += 1
    voice.clock_from_at = act.now
    voice.progress_notice_at = act.now + PROGRESS_EVERY
    clock_recount(voice)
