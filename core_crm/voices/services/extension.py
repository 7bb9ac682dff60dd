"""Extending the period: lawfully, once, and told in writing (시행령 제21조, 제23조, 제31조).

민원 처리에 관한 법률 시행령, 대통령령 제36296호 (시행 2026-05-06), read 2026-11-24.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from core_crm import events
from core_crm.calendars import SEOUL, extension_reason_check
from core_crm.calendars.adjustments import EXTENSION_ARTICLE, SECOND_EXTENSION_ARTICLE
from core_crm.calendars.errors import ExtensionReasonUnlawful
from core_crm.staff.models import Official
from core_crm.staff.types import Right
from core_crm.voices.errors import ExtensionNotLawful, NotAllowedInState, TextMissing
from core_crm.voices.models import ClockAdjustment, Voice
from core_crm.voices.selectors.clock import adjustments_of
from core_crm.voices.services.act import Act
from core_crm.voices.services.acting import act_finish, act_lock
from core_crm.voices.services.clock import clock_recount
from core_crm.voices.services.handling import entry_add
from core_crm.voices.services.notices import notice_queue
from core_crm.voices.types import (
    EXTENSION_REASONS,
    AdjustmentKind,
    EntryKind,
    VoiceAction,
    VoiceExtended,
)


@transaction.atomic
def voice_extend(
    voice: Voice,
    *,
    reason_code: str,
    reason: str,
    by: Official,
    now: datetime,
    with_consent: bool = False,
    amount: int | None = None,
    expected_version: int | None = None,
) -> Voice:
    """Extend the period once, by at most itself; once more only `with_consent` of the citizen.

    The citizen is told in writing at once: reason, new date, officer, department, contact. Raises
    ExtensionNotLawful with the article for an unlawful reason, a third time, no consent, too much,
    or after the due time (시행령 제21조, 제23조, 제31조); TextMissing; and what every act raises.
    """
    act = act_lock(
        voice,
        action=VoiceAction.EXTEND,
        by=by,
        now=now,
        right=Right.VOICE_HANDLE,
        expected_version=expected_version,
        comment=reason,
    )
    article = _lawful_article(reason_code, on=now.astimezone(SEOUL).date())
    if not reason.strip():
        raise TextMissing("연장하는 사유를 적어 주세요.", field="reason")
    is_second = _check_times(act.voice, with_consent=with_consent, now=now)
    _check_amount(act.voice, amount)
    _lengthen(act, reason_code, reason, article=article, is_second=is_second, amount=amount)
    saved = act_finish(act, reason=reason)
    _tell_extension(act, reason_code=reason_code, reason=reason, article=article)
    events.record(VoiceExtended(voice_id=saved.id, reason_code=reason_code, with_consent=is_second))
    return saved


def _lawful_article(reason_code: str, *, on: date) -> str:
    try:
        return extension_reason_check(reason_code, on=on)
    except ExtensionReasonUnlawful as refused:
        raise ExtensionNotLawful(
            f"{refused.message} ({refused.facts['article']})", **refused.facts
        ) from refused


def _check_amount(voice: Voice, amount: int | None) -> None:
    if amount is not None and not 1 <= amount <= voice.period_amount:
        raise ExtensionNotLawful(
            f"연장은 원래 처리기간을 넘을 수 없습니다. ({EXTENSION_ARTICLE})",
            article=EXTENSION_ARTICLE,
            longest=voice.period_amount,
        )


def _check_times(voice: Voice, *, with_consent: bool, now: datetime) -> bool:
    """Whether it would be the second extension. Raises ExtensionNotLawful, NotAllowedInState."""
    if voice.is_paused:
        raise NotAllowedInState(
            "보완을 기다리는 동안에는 시계가 멈춰 있어 연장할 수 없습니다.", status=voice.status
        )
    if now > voice.due_at:
        raise ExtensionNotLawful(
            f"처리기한이 지난 뒤에는 연장할 수 없습니다. ({EXTENSION_ARTICLE})",
            article=EXTENSION_ARTICLE,
        )
    times = sum(row.kind == AdjustmentKind.EXTENSION for row in adjustments_of(voice))
    if times >= 2 or (times == 1 and not with_consent):
        raise ExtensionNotLawful(
            "처리기간은 한 차례만 연장할 수 있고, 다시 연장하려면 민원인의 동의가 있어야 하며, "
            f"그것도 한 차례만 가능합니다. ({SECOND_EXTENSION_ARTICLE})",
            article=SECOND_EXTENSION_ARTICLE,
            times=times,
        )
    return times == 1


def _lengthen(
    act: Act, reason_code: str, reason: str, *, article: str, is_second: bool, amount: int | None
) -> None:
    voice = act.voice
    row = ClockAdjustment.objects.create(
        voice=voice,
        clock_no=voice.closing_no,
        kind=AdjustmentKind.EXTENSION,
        starts_at=voice.due_at,
        ends_at=voice.due_at,
        reason_code=reason_code,
        reason=reason.strip()[:500],
        article=article,
        amount=amount,
        is_second=is_second,
        by=act.by,
        at=act.now,
    )
    clock_recount(voice)
    row.ends_at = voice.due_at
    row.save(update_fields=["ends_at"])


def _tell_extension(act: Act, *, reason_code: str, reason: str, article: str) -> None:
    voice, label = act.voice, EXTENSION_REASONS[reason_code]
    words = label.label_en if voice.language == "en" else label.label_ko
    told = f"{words}: {reason.strip()}"
    key = notice_queue(
        voice,
        template="voice_extended",
        key=f"extended:{voice.version}",
        now=act.now,
        by=act.by,
        context={"reason": told, "article": article},
    )
    entry_add(voice, kind=EntryKind.NOTICE, body=told, by=act.by, now=act.now, message_key=key)
