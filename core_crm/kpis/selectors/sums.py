"""Measures added up per month and row of a grid, in one query each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth

from core_crm.kpis.models import DayFact, MonthFact
from core_crm.kpis.types import MEASURES, Level, Measures, Slice
from core_crm.staff.models import Department
from core_crm.staff.selectors import departments_under


@dataclass(frozen=True, slots=True)
class RowKey:
    """What tells one row of a grid from another."""

    bureau_code: str = ""
    department_code: str = ""
    officer_id: UUID | None = None
    is_compound: bool | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases of a year are asked for; empty and None: all."""

    year: int
    bureau: str = ""
    department: str = ""
    compound: bool | None = None
    petition_class: str = ""

    def cases(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.compound is not None:
            found["is_compound"] = self.compound
        if self.petition_class:
            found["petition_class"] = self.petition_class
        return found


Line = tuple[RowKey, date, Measures]
Sums = Iterable[Line]
COLUMNS = {
    Level.BUREAU: ("bureau_code",),
    Level.DEPARTMENT: ("bureau_code", "department_code"),
}


def sums_by_month(wanted: Wanted, *, level: Level | None, by_compound: bool) -> Sums:
    """Per bureau or department, or (level None) of all together, from the facts of months."""
    found = MonthFact.objects.filter(
        slice=Slice.DEPARTMENT, month__year=wanted.year, **wanted.cases()
    )
    if wanted.bureau:
        found = found.filter(bureau_code=wanted.bureau)
    if wanted.department:
        found = found.filter(department_code=wanted.department)
    columns = COLUMNS[level] if level else ()
    return _sums(found, [*columns, *(["is_compound"] if by_compound else [])], month="month")


def sums_by_official(wanted: Wanted, *, level: Level, by_compound: bool) -> Sums:
    """Per official and department they closed it in, from the facts of days."""
    found = DayFact.objects.filter(
        day__year=wanted.year, officer__isnull=False, **wanted.cases()
    ).annotate(month=TruncMonth("day"))
    if wanted.department:
        found = found.filter(department__code=wanted.department)
    if wanted.bureau:
        found = found.filter(department_id__in=under_bureau(wanted.bureau))
    columns = ["department__code", "officer_id", *(["is_compound"] if by_compound else [])]
    return _sums(found, columns, month="month")


def under_bureau(code: str) -> list[UUID]:
    """A bureau and everything below it."""
    roots = Department.objects.filter(code=code)
    return [own_id for root in roots for own_id in departments_under(root)]


def _sums(found: QuerySet[Any], columns: list[str], *, month: str) -> Iterator[Line]:
    added = found.values(*columns, month).annotate(
        **{f"all_{name}": Sum(name) for name in MEASURES}
    )
    for line in added.order_by():
        key = RowKey(
            bureau_code=line.get("bureau_code") or "",
            department_code=line.get("department_code") or line.get("department__code") or "",
            officer_id=line.get("officer_id"),
            is_compound=line.get("is_compound"),
        )
        yield key, line[month], {name: line[f"all_{name}"] for name in MEASURES}
