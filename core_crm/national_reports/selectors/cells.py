"""A region's month taken apart: bureaus and their departments, categories, classes."""

from __future__ import annotations

from datetime import date

from core_crm.national_reports.models import NationalCell
from core_crm.national_reports.selectors.measures import hidden_of, shown
from core_crm.national_reports.types import CellRow, Slice
from tenants.context import serving_ministry


def region_cells(code: str, *, month: date, slice: Slice | str, parent: str = "") -> list[CellRow]:  # noqa: A002
    """The rows of one slice, the largest first. `parent`: the bureau, for its departments.

    Empty for a month that was not over at the last refresh (but for the slice `city`).
    """
    with serving_ministry():
        found = NationalCell.objects.filter(
            city_code=code, month=month, slice=Slice(slice), parent_key=parent
        )
        bureaus = _bureaus_with_parts(code, month) if slice == Slice.BUREAU else frozenset()
        rows = [_row(cell, has_parts=cell.key in bureaus) for cell in found]
    return sorted(rows, key=lambda row: (-row.measures.get("received", 0), row.label_ko, row.key))


def published_cells(code: str) -> dict[date, list[CellRow]]:
    """Month -> every cell of this region there is: all that can be read of it anywhere."""
    found: dict[date, list[CellRow]] = {}
    with serving_ministry():
        for cell in NationalCell.objects.filter(city_code=code).order_by("month", "pk"):
            found.setdefault(cell.month, []).append(_row(cell, has_parts=False))
    return found


def region_crumbs(code: str, *, month: date, bureau: str) -> CellRow | None:
    """The bureau a page of departments stands below; None when there is none of this code."""
    return next(
        (row for row in region_cells(code, month=month, slice=Slice.BUREAU) if row.key == bureau),
        None,
    )


def _bureaus_with_parts(code: str, month: date) -> frozenset[str]:
    departments = NationalCell.objects.filter(city_code=code, month=month, slice=Slice.DEPARTMENT)
    return frozenset(departments.values_list("parent_key", flat=True).distinct())


def _row(cell: NationalCell, *, has_parts: bool) -> CellRow:
    return CellRow(
        slice=Slice(cell.slice),
        key=cell.key,
        parent_key=cell.parent_key,
        label_ko=cell.label_ko,
        label_en=cell.label_en,
        measures=shown(cell),
        hidden=hidden_of(cell),
        has_parts=has_parts,
    )
