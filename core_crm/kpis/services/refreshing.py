"""Computing the facts anew, for the days that changed or for all.

Facts are a pure function of the rows in the city: computing a day again gives the same, and days
in any order give what all at once would. One refresh is one transaction, in this order:

1. wait for another refresh to end (a lock that readers and writers of marks do not meet);
2. take the marks away, and only then read the voices: a statement sees what was committed when it
   began, so a mark that is taken away has its change in view, and one that comes later stays;
3. write the days, beside them the facts of plugins' measures, and from the days their months.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from core_crm.calendars import SEOUL
from core_crm.kpis.models import FactDay
from core_crm.kpis.selectors.added import measures_have_changed
from core_crm.kpis.selectors.dirty import fresh_days
from core_crm.kpis.services import statements
from core_crm.kpis.services.added import added_compute, added_remember
from core_crm.kpis.services.spans import at_days, on_days, whole_months
from core_crm.kpis.types import FactsRefreshed
from tenants.sql import execute, rows

_WAIT = "LOCK TABLE core_kpis_factday IN SHARE ROW EXCLUSIVE MODE"
_TAKE_MARKS = "DELETE FROM core_kpis_dirtyday RETURNING day"


@transaction.atomic
def facts_refresh(*, now: datetime, full: bool = False, on: date | None = None) -> FactsRefreshed:
    """Compute the days that changed, or with `full` every day; what the facts are up to `on`.

    `on` (today in Seoul) only bounds what is told; all that changed is computed. Safe to repeat and
    to run twice at once. The first time, and when plugins' measures changed, every day is computed.
    """
    execute(_WAIT)
    marked = {row["day"] for row in rows(_TAKE_MARKS)}
    has_others = measures_have_changed()
    is_full = full or has_others or not FactDay.objects.exists()
    days = None if is_full else marked | fresh_days()
    count = _compute(days, now=now) if days is None or days else 0
    if has_others:
        added_remember()
    execute(statements.RENAME_DEPARTMENTS)
    execute(statements.RENAME_CATEGORIES)
    until = on or now.astimezone(SEOUL).date()
    total = rows(statements.total_sql(), [until])[0]
    return FactsRefreshed(until, count, total["rows"], total["digest"])


def _compute(days: Collection[date] | None, *, now: datetime) -> int:
    """Facts of these days (None: of all) and of their months; how many days."""
    counted = _days(days, now=now)
    added_compute(days)
    _months(days, now=now)
    return counted if days is None else len(days)


def _days(days: Collection[date] | None, *, now: datetime) -> int:
    old = on_days("day", days)
    for delete in (statements.DELETE_DAY_FACTS, statements.DELETE_FACT_DAYS):
        execute(delete + old.sql, old.params)
    received, closed = at_days("v.received_at", days), at_days("v.closed_at", days)
    recorded = at_days("i.recorded_at", days)
    return execute(
        statements.days_sql(received=received, closed=closed, recorded=recorded),
        [*received.params, *closed.params, *recorded.params, now],
    )


def _months(days: Collection[date] | None, *, now: datetime) -> None:
    months = None if days is None else whole_months(days)
    old, day = on_days("month", months), on_days("day", months)
    execute(statements.DELETE_MONTHS + old.sql, old.params)
    execute(statements.months_sql(day=day), [*day.params, now])
