"""Which regions and months there are, and what was handed in."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Max, Min
from django.utils import timezone

from core_crm.national_reports.models import (
    NationalCell,
    NationalRegion,
    NationalRun,
    NationalSubmission,
)
from core_crm.national_reports.types import (
    Finding,
    NationalRegionRow,
    Slice,
    SubmissionRow,
    SubmissionState,
)
from tenants.context import serving_ministry


def months() -> list[date]:
    """First days of the months there are figures for, the newest first; it may be running."""
    with serving_ministry():
        found = NationalCell.objects.filter(slice=Slice.CITY).values_list("month", flat=True)
        return list(found.distinct().order_by("-month"))


def complete_until() -> date | None:
    """The newest month that was over at the last refresh; None without any figure."""
    with serving_ministry():
        ran_at = NationalRun.objects.aggregate(newest=Max("ran_at"))["newest"]
        known = months() if ran_at else []
    return next((month for month in known if is_complete(month, ran_at)), None)


def is_complete(month: date, at: datetime) -> bool:
    """Was this month over, in Seoul, at that instant?"""
    return (month + timedelta(days=32)).replace(day=1) <= timezone.localdate(at)


def regions() -> list[NationalRegionRow]:
    """The governments of today in the customary order, those that hand in nothing included."""
    with serving_ministry():
        return [_region(row) for row in NationalRegion.objects.order_by("sort", "city_code")]


def _region(row: NationalRegion) -> NationalRegionRow:
    return NationalRegionRow(
        code=row.city_code,
        name_ko=row.name_ko,
        name_en=row.name_en,
        short_name_ko=row.short_name_ko,
        sort=row.sort,
        residents=row.residents,
        counted_on=row.counted_on,
        status=row.status,
    )


def data_time() -> datetime | None:
    """Every figure is at least this fresh: the oldest facts of a city that handed in."""
    with serving_ministry():
        received = NationalSubmission.objects.filter(state=SubmissionState.RECEIVED)
        found: datetime | None = received.aggregate(oldest=Min("data_at"))["oldest"]
        return found


def submissions() -> list[SubmissionRow]:
    """What each region handed in, in the customary order."""
    with serving_ministry():
        found = {row.city_code: row for row in NationalSubmission.objects.all()}
        return [_submission(region, found.get(region.code)) for region in regions()]


def _submission(region: NationalRegionRow, row: NationalSubmission | None) -> SubmissionRow:
    return SubmissionRow(
        code=region.code,
        name_ko=region.name_ko,
        name_en=region.name_en,
        state=SubmissionState(row.state) if row else SubmissionState.MISSING,
        tried_at=row.tried_at if row else None,
        submitted_at=row.submitted_at if row else None,
        data_at=row.data_at if row else None,
        months=row.months if row else 0,
        is_late=row.is_late if row else False,
        findings=tuple(Finding(**each) for each in row.findings) if row else (),
        digest=row.digest if row else "",
    )
