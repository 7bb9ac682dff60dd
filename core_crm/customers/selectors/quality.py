"""How good the data of customers is: counted now, as kept per day, and the rows behind a count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max

from core_crm.customers.models import Citizen, CustomerFigure, Organisation, QualityFigure
from core_crm.customers.selectors.quality_checks import (
    CITIZENS,
    MEASURES,
    TABLES,
    Check,
    checks_of,
)
from tenants import rows, sql

UNKNOWN = "?"
"""The source of rows that came from nobody knows where; "" is all sources together."""
MOST_SOURCES = 20
AT_ONCE = 50
MODELS: dict[str, type[Citizen | Organisation]] = {CITIZENS: Citizen, "organisations": Organisation}


@dataclass(frozen=True, slots=True)
class Mark:
    """`good` of `total` rows of a source passed a test. `field` "": the row as a whole."""

    subject: str
    field: str
    measure: str
    source: str
    good: int
    total: int

    @property
    def bad(self) -> int:
        return self.total - self.good

    @property
    def percent(self) -> float | None:
        """Of 100, cut and never rounded up to it; None where no row was asked."""
        return int(self.good * 1000 / self.total) / 10 if self.total else None


def quality_now(subject: str, *, today: date) -> list[Mark]:
    """Every test over the active customers, for all and for their largest sources, in one scan.

    Only those registered by `today`: for an earlier day that is as near as one can still know.
    """
    checks = checks_of(subject)
    columns = ", ".join(
        f"count(*) FILTER (WHERE {check.counted(today)}),"
        f" count(*) FILTER (WHERE {check.passed(today)})"
        for check in checks
    )
    found = sql.tuples(
        f"SELECT grouping(source), source, count(*), {columns} FROM {TABLES[subject]}"  # noqa: S608
        " WHERE state = 'active'"
        " AND created_at < (%s::date + 1)::timestamp AT TIME ZONE 'Asia/Seoul'"
        " GROUP BY GROUPING SETS ((), (source))"
        f" ORDER BY 1 DESC, 3 DESC, 2 LIMIT {MOST_SOURCES + 1}",
        [today],
    )
    return [
        mark
        for is_all, source, _rows, *counts in found
        for mark in _marks(checks, "" if is_all else source or UNKNOWN, counts)
    ]


def _marks(checks: Sequence[Check], source: str, counts: Sequence[int]) -> list[Mark]:
    pairs = zip(counts[::2], counts[1::2], strict=True)
    return [
        Mark(check.subject, check.field, check.measure, source, good, total)
        for check, (total, good) in zip(checks, pairs, strict=True)
    ]


def quality_kept(subject: str) -> tuple[date | None, list[Mark]]:
    """The newest day that was counted, and its figures; (None, []) before the first."""
    kept = QualityFigure.objects.filter(subject=subject)
    last = kept.aggregate(last=Max("on"))["last"]
    known = {_key(figure): figure for figure in kept.filter(on=last)} if last else {}
    sources = sorted(
        {source for _field, _measure, source in known}, key=lambda one: (one != "", one)
    )
    return last, [
        Mark(subject, check.field, check.measure, source, figure.good, figure.total)
        for source in sources
        for check in checks_of(subject)
        if (figure := known.get((check.field, check.measure, source)))
    ]


def _key(figure: QualityFigure) -> tuple[str, str, str]:
    return figure.field, figure.measure, figure.source


def quality_trend(subject: str, *, since: date) -> dict[date, dict[str, Mark]]:
    """Day -> measure -> the tests of all fields together, for all sources; the days in order.

    A row counts once for each test that asked it.
    """
    kept = QualityFigure.objects.filter(subject=subject, source="", on__gte=since)
    days: dict[date, dict[str, Mark]] = {}
    for figure in kept.order_by("on"):
        day = days.setdefault(figure.on, {})
        before = day.get(figure.measure)
        good, total = (before.good, before.total) if before else (0, 0)
        day[figure.measure] = Mark(
            subject, "", figure.measure, "", good + figure.good, total + figure.total
        )
    return days


def by_measure(marks: Sequence[Mark]) -> list[Mark]:
    """The tests of all fields together, for each measure, over all sources."""
    whole = [mark for mark in marks if mark.source == ""]
    return [
        Mark(whole[0].subject, "", measure, "", sum(m.good for m in of), sum(m.total for m in of))
        for measure in MEASURES
        if (of := [mark for mark in whole if mark.measure == measure])
    ]


def failing_rows(
    check: Check,
    *,
    today: date,
    source: str = "",
    after: UUID | None = None,
    limit: int = AT_ONCE + 1,
) -> list[Citizen | Organisation]:
    """The active customers that fail a test now, the newest first; `after`: the last one seen."""
    where, params = _failing(check, today=today, source=source)
    if after:
        where, params = f"{where} AND id < %s", [*params, after]
    found = rows.find(MODELS[check.subject], f"{where} ORDER BY id DESC LIMIT %s", [*params, limit])
    return list(found)


def failing_count(check: Check, *, today: date, source: str = "") -> int:
    """How many fail it now."""
    where, params = _failing(check, today=today, source=source)
    counted = f"SELECT count(*) FROM {TABLES[check.subject]} WHERE {where}"  # noqa: S608
    return int(sql.tuples(counted, params)[0][0])


def _failing(check: Check, *, today: date, source: str) -> tuple[str, list[object]]:
    where = f"state = 'active' AND {check.failed(today)}"
    if not source:
        return where, []
    return f"{where} AND source = %s", ["" if source == UNKNOWN else source]


def customers_at_last_count(subject: str) -> int:
    """How many there were when it was counted last; 0 before the first count."""
    last = CustomerFigure.objects.filter(subject=subject).order_by("-on").first()
    return last.total if last else 0
