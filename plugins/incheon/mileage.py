"""Incheon's mileage (민원처리 마일리지), as reported in 2006: who gets it, and how it is counted.

Days are Mondays to Fridays; the report does not say how holidays count, so they are not left out.
"""

from __future__ import annotations

from datetime import date, timedelta, timezone

from customization.plugin_api import CaseView, PanelContent

SEOUL = timezone(timedelta(hours=9))
SHORTEST, LONGEST = 2, 30
"""Statutory periods, in days, that take part."""
SAVED, LATE = 1, 2
"""Points for a day saved, and taken away for a day late."""
WEEK, FRIDAY = 7, 4


def written(case: CaseView) -> int | None:
    """The points of a closed voice; None when it takes no part or is still open."""
    if case.closed_at is None or not SHORTEST <= _allowed(case) <= LONGEST:
        return None
    return _points(weekdays(_day(case, "closed_at"), _day(case, "due_at")))


def shown(case: CaseView, today: date) -> PanelContent | None:
    """What closing it today would bring; None for a closed one, or one that takes no part."""
    if case.closed_at is not None or not SHORTEST <= _allowed(case) <= LONGEST:
        return None
    left = weekdays(today, _day(case, "due_at"))
    return PanelContent(
        lines=(("오늘 마치면", f"{_points(left):+d}점"), ("남은 날", f"{left}일")),
        note="법정기간보다 하루 빠를 때마다 1점, 하루 늦을 때마다 2점을 뺍니다.",
    )


def weekdays(start: date, end: date) -> int:
    """Mondays to Fridays after `start` up to `end`; less than 0 when `end` is earlier."""
    if end < start:
        return -weekdays(end, start)
    weeks, rest = divmod((end - start).days, WEEK)
    days = (start + timedelta(days=number + 1) for number in range(rest))
    return weeks * (FRIDAY + 1) + sum(day.weekday() <= FRIDAY for day in days)


def _points(days: int) -> int:
    return days * (SAVED if days >= 0 else LATE)


def _allowed(case: CaseView) -> int:
    return weekdays(_day(case, "received_at"), _day(case, "due_at"))


def _day(case: CaseView, name: str) -> date:
    day: date = getattr(case, name).astimezone(SEOUL).date()
    return day
