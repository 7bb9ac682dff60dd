"""By day, by night or on a weekend: what the centre answered before and since it never closes."""

from __future__ import annotations

from datetime import time, timedelta, timezone

from customization.plugin_api import CaseView

SEOUL = timezone(timedelta(hours=9))
OPENED, CLOSED = time(8), time(19)
"""Weekdays 08–19: the hours before 28 January 2008, when it began to answer day and night."""

SATURDAY = 5


def band(case: CaseView) -> str:
    """When a voice came, on Seoul's clock. Public holidays are not known here."""
    at = case.received_at.astimezone(SEOUL)
    if at.weekday() >= SATURDAY:
        return "주말"
    return "주간" if OPENED <= at.time() < CLOSED else "야간"
