"""Carrying facts from the cities to the ministry's tables, protected on the way.

One refresh is one transaction of the login `rollup`: it waits for another refresh to end, reads
each open city's facts with one statement, and replaces the months whose facts have changed. A city
that cannot be read, or whose facts contradict themselves, keeps its old cells and is told.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from django.db import DatabaseError, transaction

from core_crm.calendars import SEOUL
from core_crm.national_reports.models import (
    NationalCell,
    NationalRegion,
    NationalRun,
    NationalSubmission,
)
from core_crm.national_reports.services.checking import (
    CANNOT_READ,
    LAST_MONTH_MISSING,
    SUSPENDED,
    refusal,
    remarks,
)
from core_crm.national_reports.services.facts import FactRow, by_month, facts_of
from core_crm.national_reports.services.publishing import (
    fingerprint,
    fingerprint_of,
    month_publish,
    month_withdraw,
    published_digest,
)
from core_crm.national_reports.services.trees import is_over, tree_of
from core_crm.national_reports.types import Finding, NationalRefreshed, SubmissionState
from tenants import sql
from tenants.context import serving_platform, serving_rollup
from tenants.selectors import CityRow, city_list, region_counts
from tenants.types import NOT_OPEN, OPEN
from tenants.types import SUSPENDED as IS_SUSPENDED

LOG = logging.getLogger(__name__)
_PATIENCE = "SET LOCAL lock_timeout = '3s'"  # a city being migrated must not stop the others
_WAIT = "LOCK TABLE core_national_reports_nationalrun IN SHARE ROW EXCLUSIVE MODE"
_KEPT_RUNS = 500


@dataclass(frozen=True, slots=True)
class _Region:
    row: CityRow
    residents: int | None
    counted_on: date | None


def national_refresh(*, now: datetime, full: bool = False) -> NationalRefreshed:
    """Publish what has changed, or with `full` everything anew. Safe to repeat and to run at once.

    Enters the logins it needs itself; not inside a transaction.
    """
    regions = _regions(now.astimezone(SEOUL).date())
    with serving_rollup(), transaction.atomic():
        sql.execute(_WAIT)
        sql.execute(_PATIENCE)
        _write_regions(regions)
        states = [_city_refresh(each.row, now=now, full=full) for each in regions]
        digest, cells = published_digest()
        failed = tuple(
            each.row.code
            for each, state in zip(regions, states, strict=True)
            if state == SubmissionState.FAILED
        )
        read = states.count(SubmissionState.RECEIVED)
        _note(NationalRun(ran_at=now, cities=read, cells=cells, failed=failed, digest=digest))
    return NationalRefreshed(read, cells, digest, failed)


def _regions(today: date) -> list[_Region]:
    with serving_platform():
        counts = region_counts()
        rows = [_counted(row) for row in city_list(on=today)]
    return [_Region(row, *counts.get(row.code, (None, None))) for row in rows]


def _counted(row: CityRow) -> CityRow:
    """A city that only tries things out is not open yet, as far as the nation's figures go."""
    return replace(row, status=NOT_OPEN) if row.is_trial else row


def _write_regions(regions: Sequence[_Region]) -> None:
    """The governments of today. Cells of one that is no more stay, but no page names it."""
    NationalRegion.objects.exclude(city_code__in=[each.row.code for each in regions]).delete()
    for position, each in enumerate(regions):
        NationalRegion.objects.update_or_create(
            city_code=each.row.code,
            defaults={
                "name_ko": each.row.name_ko,
                "name_en": each.row.name_en,
                "short_name_ko": each.row.short_name_ko,
                "sort": position,
                "residents": each.residents,
                "counted_on": each.counted_on,
                "status": each.row.status,
            },
        )


def _city_refresh(city: CityRow, *, now: datetime, full: bool) -> SubmissionState:
    """Read one city and publish what has changed in it; how it went."""
    known = NationalSubmission.objects.filter(city_code=city.code).first()
    if city.status != OPEN:
        return _not_read(city, known, now=now)
    try:
        with transaction.atomic():
            facts = facts_of(city.code)
    except DatabaseError:
        LOG.warning("city_facts_not_read", extra={"code": city.code}, exc_info=True)
        return _failed(city.code, CANNOT_READ, now=now)
    if problem := refusal(facts):
        return _failed(city.code, problem, now=now)
    return _received(city.code, facts, known, now=now, full=full)


def _not_read(city: CityRow, known: NationalSubmission | None, *, now: datetime) -> SubmissionState:
    if city.status == IS_SUSPENDED and known and known.submitted_at:
        return _failed(city.code, SUSPENDED, now=now)
    _submit(city.code, state=SubmissionState.MISSING, tried_at=now, findings=[])
    return SubmissionState.MISSING


def _failed(code: str, finding: Finding, *, now: datetime) -> SubmissionState:
    """Its cells and the time it was last received stay as they are."""
    _submit(code, state=SubmissionState.FAILED, tried_at=now, findings=[asdict(finding)])
    return SubmissionState.FAILED


def _received(
    code: str,
    facts: Sequence[FactRow],
    known: NationalSubmission | None,
    *,
    now: datetime,
    full: bool,
) -> SubmissionState:
    today = now.astimezone(SEOUL).date()
    months = by_month(facts)
    digests = {month: fingerprint_of(rows, month, today) for month, rows in months.items()}
    published = _published(code, known)
    for month in published.keys() - digests.keys():
        month_withdraw(code, month)
    for month, digest in digests.items():
        if full or published.get(month) != digest:
            month_publish(code, month, tree_of(months[month], is_complete=is_over(month, today)))
    found = remarks(facts, today=today)
    state = SubmissionState.RECEIVED if facts else SubmissionState.MISSING
    _submit(
        code,
        state=state,
        tried_at=now,
        submitted_at=now,
        data_at=max((row.computed_at for row in facts), default=None),
        months=len(months),
        is_late=LAST_MONTH_MISSING in found,
        findings=[asdict(each) for each in found],
        digest=fingerprint(*(f"{month} {digest}" for month, digest in digests.items())),
        month_digests={str(month): digest for month, digest in digests.items()},
    )
    return state


def _published(code: str, known: NationalSubmission | None) -> Mapping[date, str]:
    """Month -> digest of the facts its cells were made of. A month without cells is made anew."""
    digests = known.month_digests if known else {}
    there = NationalCell.objects.filter(city_code=code).values_list("month", flat=True).distinct()
    return {month: digests.get(str(month), "") for month in there}


def _submit(code: str, **told: object) -> None:
    NationalSubmission.objects.update_or_create(city_code=code, defaults=told)


def _note(run: NationalRun) -> None:
    """One row for each refresh; the oldest are let go."""
    NationalRun.objects.update_or_create(
        ran_at=run.ran_at,
        defaults={
            "cities": run.cities,
            "cells": run.cells,
            "failed": list(run.failed),
            "digest": run.digest,
        },
    )
    kept = NationalRun.objects.order_by("-ran_at").values_list("pk", flat=True)[:_KEPT_RUNS]
    NationalRun.objects.exclude(pk__in=list(kept)).delete()
