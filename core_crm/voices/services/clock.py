"""Counting the due instant anew, and what is lawfully left out: inspections, outages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction

from core_crm import events
from core_crm.calendars import SEOUL, Kind
from core_crm.calendars.adjustments import ARTICLES
from core_crm.calendars.errors import ClockError
from core_crm.staff.models import Official
from core_crm.staff.types import Right
from core_crm.voices.errors import InspectionNotLawful, NotAllowedInState
from core_crm.voices.models import ClockAdjustment, Voice
from core_crm.voices.selectors.clock import adjustments_of, due_of
from core_crm.voices.selectors.targets import target_of
from core_crm.voices.services.act import Act
from core_crm.voices.services.acting import act_finish, act_lock
from core_crm.voices.types import PetitionClass, VoiceAction, VoiceClockAdjusted


def clock_recount(voice: Voice) -> None:
    """Count the due instant anew from all that was lawfully adjusted, and the city's target with
    it; the caller saves."""
    adjustments = adjustments_of(voice)
    counted = due_of(voice, adjustments=adjustments)
    voice.due_at, voice.due_steps = counted.at, counted.steps_as_json()
    target_apply(voice, adjustments=adjustments)


def target_apply(voice: Voice, *, adjustments: Iterable[ClockAdjustment] = ()) -> None:
    """Set the city's own promise by the document in force; the due instant is set already.

    An open case keeps the promise it was given; only a new count takes today's.
    """
    target = target_of(voice, adjustments=adjustments)
    voice.target_at = target.at if target else None
    voice.target_warn_at = target.warn_at if target else None
    voice.escalate_at = target.escalate_at if target else None


@transaction.atomic
def voice_inspect(
    voice: Voice, *, from_on: date, to_on: date, reason: str, by: Official, now: datetime
) -> Voice:
    """Leave out days of a field inspection of a grievance: 14, once 7 more (시행령 제17조 제4항).

    Raises InspectionNotLawful for another class, too many days, and days before the receipt.
    """
    act = act_lock(
        voice,
        action=VoiceAction.INSPECT,
        by=by,
        now=now,
        right=Right.VOICE_HANDLE,
        comment=reason,
    )
    if act.voice.petition_class != PetitionClass.GRIEVANCE:
        raise InspectionNotLawful(
            "현장조사 기간은 고충민원에서만 처리기간에 넣지 않습니다.",
            article="민원 처리에 관한 법률 시행령 제17조 제5항",
        )
    _leave_out(
        act,
        Kind.INSPECTION,
        datetime.combine(from_on, time.min, SEOUL),
        datetime.combine(max(to_on, from_on), time.max, SEOUL),
        reason=reason,
    )
    try:
        clock_recount(act.voice)
    except ClockError as refused:
        article = str(refused.facts.get("article", ARTICLES[Kind.INSPECTION]))
        raise InspectionNotLawful(refused.message, article=article) from refused
    return _finish(act, Kind.INSPECTION, reason=reason)


@transaction.atomic
def voice_outage(voice: Voice, *, from_at: datetime, to_at: datetime, now: datetime) -> Voice:
    """Leave out a time in which our system was down (시행령 제20조 제2호); an act of the system."""
    act = act_lock(voice, action=VoiceAction.OUTAGE, by=None, now=now)
    if not act.voice.is_open:
        raise NotAllowedInState("이미 끝난 민원입니다.", status=act.voice.status)
    _leave_out(act, Kind.OUTAGE, from_at, to_at)
    clock_recount(act.voice)
    return _finish(act, Kind.OUTAGE)


def _leave_out(
    act: Act, kind: Kind, starts_at: datetime, ends_at: datetime, *, reason: str = ""
) -> None:
    ClockAdjustment.objects.create(
        voice=act.voice,
        clock_no=act.voice.closing_no,
        kind=kind.value,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=reason.strip()[:500],
        article=ARTICLES[kind],
        by=act.by,
        at=act.now,
    )


def _finish(act: Act, kind: Kind, *, reason: str = "") -> Voice:
    saved = act_finish(act, reason=reason)
    events.record(VoiceClockAdjusted(voice_id=saved.id, adjustment=kind.value))
    return saved
