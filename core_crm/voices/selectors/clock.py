"""The lawful clock of a voice: what moved it, when it is due, and where it stands now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from core_crm.calendars import (
    SEOUL,
    Adjustment,
    Due,
    Extension,
    Kind,
    Period,
    ProcessingTime,
    Unit,
    city_calendar,
    due,
    processing_time,
    remaining,
)
from core_crm.voices.models import ClockAdjustment, Voice
from core_crm.voices.types import AdjustmentKind, ClockFacts

DAY_SECONDS = 8 * 3600
LONG_AGO = timedelta(days=120)  # beyond it nobody needs the minute, and counting would be slow
WORKING_SHARE = 5 / 7


def period_of(voice: Voice) -> Period:
    """The processing period the voice is counted by."""
    return Period(Unit(voice.period_unit), voice.period_amount)


def adjustments_of(voice: Voice) -> list[ClockAdjustment]:
    """What moved the present count, in order; earlier counts of a reopened voice left out."""
    return list(voice.adjustments.filter(clock_no=voice.closing_no).order_by("at", "id"))


def due_of(voice: Voice, *, adjustments: Iterable[ClockAdjustment] = ()) -> Due:
    """When the voice is due by its period, its start and these adjustments, with the steps.

    A supplement whose reply has not come is left out: the due time is not known before.
    """
    rows = list(adjustments)
    return due(
        period_of(voice),
        voice.clock_from_at,
        city_calendar(),
        adjustments=[each for each in _stretches(rows) if not each.is_open],
        extensions=[_extension(row, voice) for row in rows if row.kind == AdjustmentKind.EXTENSION],
    )


def processing_time_of(
    voice: Voice, *, end: datetime, adjustments: Iterable[ClockAdjustment]
) -> ProcessingTime:
    """What the law allowed for the present handling, and what it took until `end`."""
    return processing_time(
        start=voice.clock_from_at,
        end=end,
        period=period_of(voice),
        calendar=city_calendar(),
        adjustments=_stretches(adjustments),
    )


class Counted(Protocol):
    """What a clock is read from: a voice, or a line of a list."""

    @property
    def clock_from_at(self) -> datetime: ...

    @property
    def due_at(self) -> datetime: ...

    @property
    def paused_at(self) -> datetime | None: ...

    @property
    def closed_at(self) -> datetime | None: ...

    @property
    def outcome(self) -> str: ...

    @property
    def target_at(self) -> datetime | None: ...

    @property
    def target_warn_at(self) -> datetime | None: ...


def clock_of(
    voice: Counted, *, now: datetime, adjustments: Iterable[ClockAdjustment] | None = None
) -> ClockFacts:
    """Where the clock stands. With `adjustments` the used share is exact.

    Without them (in lists) time that was not counted still counts as used.
    """
    calendar = city_calendar()
    if voice.closed_at is not None or voice.outcome:
        return ClockFacts(voice.due_at, 0, 1.0, is_over=False, is_paused=False, tone="done")
    if voice.paused_at is None and now - voice.due_at > LONG_AGO:
        return _long_over(voice, now=now)
    stretches = _stretches(adjustments) if adjustments is not None else _open_stretch(voice)
    stands = remaining(
        now,
        received_at=voice.clock_from_at,
        due_at=voice.due_at,
        calendar=calendar,
        adjustments=stretches,
    )
    is_over = not stands.is_paused and now > voice.due_at
    tone = _tone(stands.seconds_left, is_over=is_over, is_paused=stands.is_paused)
    return ClockFacts(
        due_at=voice.due_at,
        left_seconds=stands.seconds_left,
        used_ratio=round(stands.used_ratio, 4),
        is_over=is_over,
        is_paused=stands.is_paused,
        tone=tone,
        target_at=voice.target_at,
        target_tone="" if is_over or stands.is_paused else target_tone(voice, now=now),
    )


def target_tone(voice: Counted, *, now: datetime) -> str:
    """How the city's own promise stands: go, soon (from its warning on), over, or "" without."""
    if voice.target_at is None:
        return ""
    if now > voice.target_at:
        return "over"
    return "soon" if voice.target_warn_at and now >= voice.target_warn_at else "go"


def supplement_ends_at(asked_at: datetime, *, days: int) -> datetime:
    """When the time for a supplement ends: the day of asking does not count, and an end on a day
    off moves to the next working day (시행령 제24조 제4항; 민법 제157조, 제159조, 제161조)."""
    calendar = city_calendar()
    last = asked_at.astimezone(SEOUL).date() + timedelta(days=days)
    return calendar.day_end(calendar.next_working_day(last))


def _tone(left_seconds: int, *, is_over: bool, is_paused: bool) -> str:
    if is_paused:
        return "paused"
    if is_over:
        return "over"
    return "soon" if left_seconds <= DAY_SECONDS else "go"


def _long_over(voice: Counted, *, now: datetime) -> ClockFacts:
    days = (now - voice.due_at).days * WORKING_SHARE
    left = -int(days * DAY_SECONDS)
    return ClockFacts(voice.due_at, left, 99.0, is_over=True, is_paused=False, tone="over")


def _stretches(rows: Iterable[ClockAdjustment]) -> list[Adjustment]:
    return [
        Adjustment(Kind(row.kind), row.starts_at, row.ends_at)
        for row in rows
        if row.kind != AdjustmentKind.EXTENSION
    ]


def _open_stretch(voice: Counted) -> list[Adjustment]:
    return [Adjustment(Kind.SUPPLEMENT, voice.paused_at)] if voice.paused_at else []


def _extension(row: ClockAdjustment, voice: Voice) -> Extension:
    """An extension never adds more than the period, also after the class was corrected."""
    amount = None if row.amount is None else min(row.amount, voice.period_amount)
    return Extension(amount=amount, with_consent=row.is_second)
