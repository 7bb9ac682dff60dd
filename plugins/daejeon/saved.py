"""Daejeon's mileage: statutory days minus days used, for petitions of three days and more.

Nothing is taken away for being late; calendar days, as both ends are dates.
"""

from __future__ import annotations

from datetime import timedelta, timezone

from customization.plugin_api import CaseView

SEOUL = timezone(timedelta(hours=9))
SHORTEST = 3
"""It began with periods of five days and more and was to take in those of three."""


def saved_days(case: CaseView) -> int | None:
    """Days between closing and the due day; 0 when late, None when it takes no part."""
    if case.closed_at is None or case.petition_class != "statutory":
        return None
    received, due, closed = (
        at.astimezone(SEOUL).date() for at in (case.received_at, case.due_at, case.closed_at)
    )
    if (due - received).days < SHORTEST:
        return None
    return max((due - closed).days, 0)
