"""Which days have changed since their facts were computed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from core_crm.calendars import SEOUL
from core_crm.kpis.models import DirtyDay
from core_crm.kpis.selectors.added import measures_have_changed
from core_crm.kpis.selectors.facts import facts_computed_at
from tenants.sql import rows

LONGEST_TRANSACTION = timedelta(days=2)
"""A voice taken in by a transaction that began before the last refresh was committed by now."""

_FRESH = """
SELECT taken.day
FROM (SELECT (received_at AT TIME ZONE 'Asia/Seoul')::date AS day, count(*) AS received
      FROM core_voices_voice WHERE received_at >= %s AND NOT is_test GROUP BY 1) taken
LEFT JOIN (SELECT day, sum(received) AS received
           FROM core_kpis_dayfact WHERE day >= %s GROUP BY day) told USING (day)
WHERE told.received IS DISTINCT FROM taken.received
"""


def facts_are_dirty() -> bool:
    """Has anything happened that the facts do not show yet? Before the first refresh: always."""
    if facts_computed_at() is None:
        return True
    return DirtyDay.objects.exists() or bool(fresh_days()) or measures_have_changed()


def fresh_days() -> set[date]:
    """Recent days on which voices came in that the facts do not count yet.

    Taking in a voice leaves no mark when it is received as it comes: the intake is the busiest
    place of all, and no voice ever goes away, so that a count tells what is missing. Voices with an
    older receipt, and all that happens to a voice later, leave marks (`receivers`).
    """
    computed_at = facts_computed_at()
    if computed_at is None:
        return set()
    since = (computed_at - LONGEST_TRANSACTION).astimezone(SEOUL).date()
    found = rows(_FRESH, [datetime.combine(since, time.min, SEOUL), since])
    return {row["day"] for row in found}
