"""From a row of the tables to what may be shown of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from core_crm.kpis.types.measures import MEASURES
from core_crm.national_reports.models import NationalCell
from core_crm.national_reports.types import Family, Slice


def shown(cell: NationalCell) -> dict[str, int]:
    """Measure -> number, the hidden ones left out."""
    values = {name: getattr(cell, name) for name in MEASURES}
    return {name: value for name, value in values.items() if value is not None}


def hidden_of(cell: NationalCell) -> frozenset[Family]:
    return frozenset(Family(name) for name in cell.hidden)


def region_totals(
    *, months: Iterable[date], is_compound: bool | None
) -> Mapping[tuple[str, date], NationalCell]:
    """(region, month) -> its whole, or the compound or simple part of it."""
    found = NationalCell.objects.filter(month__in=list(months), slice=Slice.CITY)
    if is_compound is not None:
        key = "compound" if is_compound else "simple"
        found = NationalCell.objects.filter(month__in=list(months), slice=Slice.COMPOUND, key=key)
    return {(cell.city_code, cell.month): cell for cell in found}
