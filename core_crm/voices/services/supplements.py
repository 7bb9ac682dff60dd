"""Asking the citizen for more (보완); the clock stands still meanwhile.

민원 처리에 관한 법률 제22조; 시행령 제24조; 행정절차법 시행령 제11조 제1호. Read 2026-11-24.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core_crm import events
from core_crm.calendars import SEOUL
from core_crm.staff.models import Official
from core_crm.staff.types import Right
from core_crm.voices.errors import NotAllowedInState, SupplementNotLawful
from core_crm.voices.models import ClockAdjustment, Voice
from core_crm.voices.selectors.clock import adjustments_of, supplement_ends_at
from core_crm.voices.services.act import Act
from core_crm.voices.services.acting import act_begin, act_finish, act_lock
from core_crm.voices.services.clock import clock_recount
from core_crm.voices.services.drafts import draft_drop
from core_crm.voices.services.handling import entry_add
from core_crm.voices.services.notices import notice_queue
from core_crm.voices.services.wording import moment_in_words
from core_crm.voices.types import (
    AdjustmentKind,
    DraftKind,
    EntryKind,
    SupplementReceived,
    SupplementRequested,
    VoiceAction,
    VoiceClockAdjusted,
)

ARTICLE = "민원 처리에 관한 법률 제22조 제1항"
REPEAT_ARTICLE = "민원 처리에 관한 법률 시행령 제24조 제3항"
POSTPONE_ARTICLE = "민원 처리에 관한 법률 시행령 제24조 제2항"
STANDARD_DAYS, REPEAT_DAYS, MOST_DAYS = 10, 10, 90
MOST_POSTPONEMENTS = 2


@transaction.atomic
def voice_request_supplement(
    voice: Voice,
    *,
    body: str,
    by: Official,
    now: datetime,
    days: int = STANDARD_DAYS,
    expected_version: int | None = None,
) -> Voice:
    """Ask for what is missing, within `days`. From today on the clock stands still.

    Raises SupplementNotLawful for a time that is none, TextMissing, and what every act raises.
    """
    if not 1 <= days <= MOST_DAYS:
        raise SupplementNotLawful("보완 기간을 다시 정해 주세요.", article=ARTICLE, days=days)
    act = act_begin(
        voice,
        action=VoiceAction.REQUEST_SUPPLEMENT,
        by=by,
        now=now,
        expected_version=expected_version,
    )
    ends = supplement_ends_at(now, days=days)
    ClockAdjustment.objects.create(
        voice=act.voice,
        clock_no=act.voice.closing_no,
        kind=AdjustmentKind.SUPPLEMENT,
        starts_at=now,
        reply_by_on=ends.date(),
        reason=body.strip()[:500],
        article=ARTICLE,
        by=by,
        at=now,
    )
    act.voice.paused_at = now
    return _ask(act, body=body, reply_by=ends)


def _ask(act: Act, *, body: str, reply_by: datetime) -> Voice:
    voice, language = act.voice, act.voice.language
    saved = act_finish(act)
    key = notice_queue(
        voice,
        template="voice_supplement_requested",
        key=f"supplement:{saved.version}",
        now=act.now,
        by=act.by,
        context={"request": body, "reply_by": moment_in_words(reply_by, language=language)},
    )
    entry = entry_add(
        voice,
        kind=EntryKind.SUPPLEMENT_REQUEST,
        body=body,
        by=act.by,
        now=act.now,
        message_key=key,
    )
    if act.by is not None:
        draft_drop(voice, official=act.by, kind=DraftKind.SUPPLEMENT_REQUEST)
    events.record(SupplementRequested(voice_id=voice.id, entry_id=entry.id))
    return saved


@transaction.atomic
def voice_repeat_supplement(
    voice: Voice, *, body: str, by: Official, now: datetime, days: int = REPEAT_DAYS
) -> Voice:
    """Ask once more after the time has passed without a reply, within ten days at most.

    Raises SupplementNotLawful (시행령 제24조 제3항), NotAllowedInState.
    """
    act, row = _waiting(voice, by=by, now=now)
    is_early = row.reply_by_on is not None and now.astimezone(SEOUL).date() <= row.reply_by_on
    if is_early or row.repeats or not 1 <= days <= REPEAT_DAYS:
        raise SupplementNotLawful(
            "보완은 기간이 지난 뒤 10일 이내의 기간을 정하여 한 번만 다시 요구할 수 있습니다.",
            article=REPEAT_ARTICLE,
        )
    ends = supplement_ends_at(now, days=days)
    row.repeats, row.reply_by_on = 1, ends.date()
    row.save(update_fields=["repeats", "reply_by_on"])
    return _ask(act, body=body, reply_by=ends)


@transaction.atomic
def voice_postpone_supplement(
    voice: Voice, *, days: int, by: Official, now: datetime, comment: str
) -> Voice:
    """Give the citizen, who asked for it and said how long, more time; twice at most.

    Raises SupplementNotLawful (시행령 제24조 제2항), NotAllowedInState.
    """
    act, row = _waiting(voice, by=by, now=now, comment=comment)
    if row.postponements >= MOST_POSTPONEMENTS or not 1 <= days <= MOST_DAYS:
        raise SupplementNotLawful(
            "민원인의 보완 기간 연장 요청은 2회까지 받을 수 있습니다.", article=POSTPONE_ARTICLE
        )
    row.postponements += 1
    row.reply_by_on = supplement_ends_at(now, days=days).date()
    row.save(update_fields=["postponements", "reply_by_on"])
    saved = act_finish(act)
    events.record(VoiceClockAdjusted(voice_id=saved.id, adjustment=AdjustmentKind.SUPPLEMENT))
    return saved


@transaction.atomic
def voice_receive_supplement(
    voice: Voice, *, body: str, now: datetime, by: Official | None = None
) -> Voice:
    """Take in what was asked for; the clock goes on after this day (both days left out).

    `by` is the official who wrote it down; without one it came from the citizen's own page.
    """
    act = act_begin(voice, action=VoiceAction.RECEIVE_SUPPLEMENT, by=by, now=now, party="citizen")
    supplement_end(act.voice, now=now)
    clock_recount(act.voice)
    entry = entry_add(act.voice, kind=EntryKind.SUPPLEMENT_REPLY, body=body, by=by, now=now)
    saved = act_finish(act)
    events.record(SupplementReceived(voice_id=saved.id, entry_id=entry.id))
    return saved


def supplement_end(voice: Voice, *, now: datetime) -> None:
    """End the open supplement, if there is one; the caller recounts."""
    voice.adjustments.filter(kind=AdjustmentKind.SUPPLEMENT, ends_at__isnull=True).update(
        ends_at=now
    )
    voice.paused_at = None


def _waiting(
    voice: Voice, *, by: Official, now: datetime, comment: str = ""
) -> tuple[Act, ClockAdjustment]:
    act = act_lock(
        voice,
        action=VoiceAction.REQUEST_SUPPLEMENT,
        by=by,
        now=now,
        right=Right.VOICE_HANDLE,
        comment=comment,
    )
    open_rows = [
        row
        for row in adjustments_of(act.voice)
        if row.kind == AdjustmentKind.SUPPLEMENT and row.ends_at is None
    ]
    if not open_rows:
        raise NotAllowedInState("기다리는 보완이 없습니다.", status=act.voice.status)
    return act, open_rows[0]
