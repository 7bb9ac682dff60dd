"""Keeping a day's figures: how good the data was, and how many customers there were."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from core_crm.customers.models import CustomerFigure, QualityFigure
from core_crm.customers.selectors.quality import Mark, quality_now
from core_crm.customers.selectors.quality_checks import CITIZENS, ORGANISATIONS, TABLES
from tenants import sql

SEOUL = ZoneInfo("Asia/Seoul")
FIRST_RUN_DAYS = 730
CHANGES = ("added", "changed", "merged", "erased")

_HAPPENED = """
SELECT (happened.at AT TIME ZONE 'Asia/Seoul')::date, what, count(*) FROM (
  SELECT created_at AS at, 'added' AS what FROM {table}
  UNION ALL SELECT changed_at, 'changed' FROM {table} WHERE changed_at > created_at
    AND state = 'active'
  UNION ALL SELECT changed_at, 'erased' FROM {table} WHERE state = 'erased'
  {merges}
) happened WHERE happened.at >= %s AND happened.at < %s GROUP BY 1, 2
"""
_MERGES = {
    CITIZENS: ("UNION ALL SELECT at, 'merged' FROM core_customers_merge WHERE undone_at IS NULL"),
    ORGANISATIONS: (
        "UNION ALL SELECT changed_at, 'merged' FROM core_customers_organisation"
        " WHERE state = 'merged'"
    ),
}


def figures_refresh(*, now: datetime) -> int:
    """Count today's quality, and the customers of every day since the last count; figures kept."""
    today = now.astimezone(SEOUL).date()
    return sum(
        quality_keep(subject, on=today) + customers_keep(subject, on=today)
        for subject in (CITIZENS, ORGANISATIONS)
    )


@transaction.atomic
def quality_keep(subject: str, *, on: date) -> int:
    """Put today's count in the place of an earlier one of the same day; figures written."""
    marks = quality_now(subject, today=on)
    QualityFigure.objects.filter(subject=subject, on=on).delete()
    QualityFigure.objects.bulk_create(_figures(marks, on=on))
    return len(marks)


def _figures(marks: Iterable[Mark], *, on: date) -> list[QualityFigure]:
    return [
        QualityFigure(
            on=on,
            subject=mark.subject,
            field=mark.field,
            source=mark.source,
            measure=mark.measure,
            good=mark.good,
            total=mark.total,
        )
        for mark in marks
    ]


@transaction.atomic
def customers_keep(subject: str, *, on: date) -> int:
    """The days from the last one kept (once more, for it was not over) to this one; days written.

    How often somebody was changed is known of the last time only, so a day that is over keeps what
    was counted when it ended. The first run looks two years back.
    """
    last = CustomerFigure.objects.filter(subject=subject, on__lt=on).order_by("-on").first()
    since = last.on if last else on - timedelta(days=FIRST_RUN_DAYS)
    days = [since + timedelta(days=n) for n in range((on - since).days + 1)]
    figures = _days(subject, days, _changes(subject, days))
    CustomerFigure.objects.bulk_create(
        figures,
        update_conflicts=True,
        unique_fields=["on", "subject"],
        update_fields=["total", *CHANGES],
    )
    return len(figures)


def _changes(subject: str, days: list[date]) -> dict[tuple[date, str], int]:
    """(Day, what happened) -> how many."""
    statement = _HAPPENED.format(table=TABLES[subject], merges=_MERGES[subject])
    found = sql.tuples(statement, [_midnight(days[0]), _midnight(days[-1] + timedelta(days=1))])
    return {(day, what): count for day, what, count in found}


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SEOUL)


def _days(
    subject: str, days: list[date], changes: dict[tuple[date, str], int]
) -> list[CustomerFigure]:
    """Backwards from those there are now: before a day there were fewer by what it brought."""
    counted = f"SELECT count(*) FROM {TABLES[subject]} WHERE state = 'active'"  # noqa: S608
    total = int(sql.tuples(counted)[0][0])
    figures = []
    for day in reversed(days):
        of_day = {what: changes.get((day, what), 0) for what in CHANGES}
        figures.append(CustomerFigure(on=day, subject=subject, total=max(total, 0), **of_day))
        total += of_day["merged"] + of_day["erased"] - of_day["added"]
    return figures
