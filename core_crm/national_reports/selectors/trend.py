"""One indicator over the months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from core_crm.kpis.types import Indicator
from core_crm.national_reports.models import NationalCell
from core_crm.national_reports.selectors.measures import region_totals
from core_crm.national_reports.selectors.regions import regions
from core_crm.national_reports.selectors.values import (
    NATION,
    Shown,
    month_before,
    nation_of,
    shown_of,
)
from core_crm.national_reports.types import NationalRegionRow, TrendLine, TrendPoint, figure_of
from tenants.context import serving_ministry

Cells = Mapping[tuple[str, date], NationalCell]


def trend(
    indicator: Indicator,
    *,
    codes: Sequence[str],
    until: date,
    months: int = 12,
    is_compound: bool | None = None,
) -> list[TrendLine]:
    """A line for each code, in the order asked; "" is the nation. Unknown codes are left out.

    `until` is the first day of the last month; the points are oldest first and never left out.
    """
    span = _span(until, months)
    with serving_ministry():
        known = {region.code: region for region in regions()}
        cells = region_totals(months=span, is_compound=is_compound)
    return [
        _line(indicator, known[code], span, cells)
        if code
        else _nation(indicator, span, list(known), cells)
        for code in codes
        if not code or code in known
    ]


def _span(until: date, months: int) -> list[date]:
    span = [until]
    while len(span) < months:
        span.append(month_before(span[-1]))
    return span[::-1]


def _nation(
    indicator: Indicator, span: Sequence[date], codes: Sequence[str], cells: Cells
) -> TrendLine:
    sums = [nation_of(indicator, [cells.get((code, month)) for code in codes]) for month in span]
    points = tuple(_point(indicator, *each) for each in zip(span, sums, strict=True))
    return TrendLine(NATION.code, NATION.name_ko, NATION.name_en, points)


def _line(
    indicator: Indicator, region: NationalRegionRow, span: Sequence[date], cells: Cells
) -> TrendLine:
    points = tuple(
        _point(indicator, month, shown_of(cells.get((region.code, month)))) for month in span
    )
    return TrendLine(region.code, region.name_ko, region.name_en, points)


def _point(indicator: Indicator, month: date, seen: Shown) -> TrendPoint:
    figure = figure_of(indicator, seen.measures, seen.hidden)
    return TrendPoint(month, figure.state, figure.value, figure.base)
