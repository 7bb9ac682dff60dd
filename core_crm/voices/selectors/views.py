"""The views of an inbox: which voices stand in each, and how many."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db.models import Q

from core_crm.calendars import SEOUL
from core_crm.staff.models import Official
from core_crm.staff.types import Right
from core_crm.voices.selectors.visibility import department_ids
from core_crm.voices.types import InboxView, VoicePhase
from tenants import sql

TICKING = "paused_at IS NULL AND outcome = ''"
IN_SQL = {
    InboxView.MINE: "officer_id = %(me)s",
    InboxView.DEPARTMENT: "department_id = ANY(%(under)s)",
    InboxView.UNASSIGNED: "officer_id IS NULL",
    InboxView.DUE_TODAY: f"{TICKING} AND due_at >= %(start)s AND due_at < %(end)s",
    InboxView.OVERDUE: f"{TICKING} AND due_at < %(now)s",
    InboxView.WAITING: f"phase = '{VoicePhase.WAITING}'",
    InboxView.REOPENED: "reopened_count > 0",
    InboxView.ALL: "TRUE",
}
"""The views once more, as SQL: the rail counts all of them with every page, and composing that took
longer than counting. Tests hold both to the same numbers."""
COUNTS = f"""
SELECT {", ".join(f'count(*) FILTER (WHERE {test}) AS "{view}"' for view, test in IN_SQL.items())}
FROM core_voices_voice
WHERE closed_at IS NULL AND (%(sees_all)s
  OR (%(sees_own)s AND (department_id = ANY(%(under)s) OR officer_id = %(me)s)))
"""  # noqa: S608 - our own text


def view_filter(view: InboxView, official: Official, *, now: datetime) -> Q:
    """What makes a voice stand in this view, for this official."""
    still_open = Q(closed_at__isnull=True)
    if view == InboxView.DEPARTMENT:
        return still_open & Q(department_id__in=department_ids(official))
    ticking = still_open & Q(paused_at__isnull=True, outcome="")
    start, end = _today(now)
    return {
        InboxView.MINE: still_open & Q(officer_id=official.id),
        InboxView.UNASSIGNED: still_open & Q(officer_id__isnull=True),
        InboxView.DUE_TODAY: ticking & Q(due_at__gte=start, due_at__lt=end),
        InboxView.OVERDUE: ticking & Q(due_at__lt=now),
        InboxView.WAITING: still_open & Q(phase=VoicePhase.WAITING),
        InboxView.REOPENED: still_open & Q(reopened_count__gt=0),
        InboxView.ALL: Q(),
    }[view]


def inbox_counts(official: Official, *, now: datetime) -> dict[str, int]:
    """How many open voices stand in each view; `all` counts the open ones."""
    start, end = _today(now)
    asked = {
        "me": official.id,
        "under": department_ids(official),
        "now": now,
        "start": start,
        "end": end,
        "sees_all": official.has(Right.VOICE_VIEW_ALL),
        "sees_own": official.has(Right.VOICE_VIEW_DEPARTMENT),
    }
    return {view: int(count) for view, count in sql.rows(COUNTS, asked)[0].items()}


def _today(now: datetime) -> tuple[datetime, datetime]:
    midnight = datetime.combine(now.astimezone(SEOUL).date(), time.min, SEOUL)
    return midnight, midnight + timedelta(days=1)
