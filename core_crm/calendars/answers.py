"""The answer behind `sodam clock`: words in, a JSON-ready due time with its steps out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from core_crm.calendars.adjustments import Adjustment, Extension, Kind
from core_crm.calendars.clock import due
from core_crm.calendars.errors import BadAdjustment, BadInstant, BadPeriod
from core_crm.calendars.hours import SEOUL, CityCalendar
from core_crm.calendars.periods import Period, Unit


def clock_answer(
    *,
    unit: str,
    received: str,
    amount: int | None = None,
    supplements: Sequence[str] = (),
    outages: Sequence[str] = (),
    inspections: Sequence[str] = (),
    extended: bool = False,
    calendar: CityCalendar | None = None,
) -> dict[str, object]:
    """`{"due_at", "steps": [{"from", "to", "counted", "unit", "article"}]}`, times in Asia/Seoul.

    `received`: ISO 8601; without an offset it is Seoul's, a date alone is that day's midnight.
    Ranges are `A..B`, instants or dates; of dates both whole days. Raises ClockError and its kinds.
    """
    ranges = (
        (Kind.SUPPLEMENT, supplements),
        (Kind.OUTAGE, outages),
        (Kind.INSPECTION, inspections),
    )
    answer = due(
        period_of(unit, amount),
        instant_of(received),
        calendar or CityCalendar(),
        adjustments=[adjustment_of(kind, text) for kind, texts in ranges for text in texts],
        extensions=[Extension()] if extended else [],
    )
    return answer.as_dict()


def period_of(unit: str, amount: int | None) -> Period:
    """The period in words. Every unit but *immediately* needs its amount. Raises BadPeriod."""
    if unit not in list(Unit):
        raise BadPeriod(
            "처리기간의 단위를 알 수 없습니다.", unit=unit, units=[str(u) for u in Unit]
        )
    if amount is None and unit != Unit.IMMEDIATELY:
        raise BadPeriod("처리기간의 수가 필요합니다.", unit=unit)
    return Period(Unit(unit), 1 if amount is None else amount)


def instant_of(text: str) -> datetime:
    """An ISO 8601 instant, in Seoul unless it says otherwise. Raises BadInstant."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadInstant(
            "시각을 읽을 수 없습니다. 예: 2026-12-23T15:30:00+09:00", text=text
        ) from None
    return at.replace(tzinfo=SEOUL) if at.tzinfo is None else at.astimezone(SEOUL)


def adjustment_of(kind: Kind, text: str) -> Adjustment:
    """A range `A..B` as an adjustment. Raises BadAdjustment, BadInstant."""
    first, dots, last = text.partition("..")
    if not dots or not first.strip() or not last.strip():
        raise BadAdjustment("기간은 A..B로 씁니다. 예: 2026-12-24..2026-12-28", text=text)
    start, end = instant_of(first), instant_of(last)
    if _is_date(last):
        end = datetime.combine(end.date(), time.max, SEOUL)
    return Adjustment(kind, start, end)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text.strip())
    except ValueError:
        return False
    return True
