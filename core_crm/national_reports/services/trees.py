"""A month of a city as wholes and parts: the cells to publish, and how they add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from core_crm.common.disclosure import Relation
from core_crm.kpis.types import Slice as FactsSlice
from core_crm.national_reports.services.facts import FactRow, added_up, parted
from core_crm.national_reports.types import Slice


class CellKey(NamedTuple):
    """Which cell of a month: the slice, the cell above it within the slice's tree, its code."""

    slice: Slice
    parent: str
    key: str


CITY = CellKey(Slice.CITY, "", "")
COMPOUND = CellKey(Slice.COMPOUND, "", "compound")
SIMPLE = CellKey(Slice.COMPOUND, "", "simple")
STATUTORY = CellKey(Slice.PETITION_CLASS, "", "statutory")

CLASS_LABELS = {
    "statutory": ("법정민원", "Statutory"),
    "inquiry_legal": ("질의민원(법령)", "Legal inquiry"),
    "inquiry": ("질의민원", "Inquiry"),
    "suggestion": ("건의민원", "Suggestion"),
    "other": ("기타민원", "Other"),
    "grievance": ("고충민원", "Grievance"),
    "": ("분류 전", "Not classified"),
}


@dataclass(frozen=True)
class MonthTree:
    """Cell -> its measures and its label (Korean, English)."""

    values: Mapping[CellKey, Mapping[str, int]]
    labels: Mapping[CellKey, tuple[str, str]]

    @cached_property
    def relations(self) -> list[Relation[CellKey]]:
        """The region is the sum of its bureaus, categories, classes; a bureau of departments."""
        return relations_of(list(self.values))

    def counts(self, measure: str) -> dict[CellKey, int]:
        """Cell -> this count."""
        return {key: measures[measure] for key, measures in self.values.items()}


def relations_of(keys: Sequence[CellKey]) -> list[Relation[CellKey]]:
    """How cells of one month add up, by their keys alone: what any reader of the tables knows."""
    parts: dict[CellKey, dict[Slice, list[CellKey]]] = defaultdict(lambda: defaultdict(list))
    for key in sorted(keys):
        if key.slice == Slice.DEPARTMENT:
            parts[CellKey(Slice.BUREAU, "", key.parent)][key.slice].append(key)
        elif key.slice != Slice.CITY:
            parts[CITY][key.slice].append(key)
    return [
        Relation(whole, tuple(found))
        for whole, slices in parts.items()
        for found in slices.values()
    ]


def is_over(month: date, today: date) -> bool:
    """Has the month that begins on this day ended?"""
    return month < today.replace(day=1)


def tree_of(rows: Sequence[FactRow], *, is_complete: bool) -> MonthTree:
    """The cells of one month; of a month that is not over only the region's total."""
    departments = parted(rows, FactsSlice.DEPARTMENT)
    groups: dict[CellKey, list[FactRow]] = defaultdict(list)
    labels: dict[CellKey, tuple[str, str]] = {CITY: ("", "")}
    groups[CITY] = departments
    if is_complete:
        for row in departments:
            for key, label in _of_department(row).items():
                groups[key].append(row)
                labels[key] = label
        for row in parted(rows, FactsSlice.CATEGORY):
            key = CellKey(Slice.CATEGORY, "", row.category[0])
            groups[key].append(row)
            labels[key] = (row.category[1] or "분야 없음", "" if row.category[0] else "No category")
    return MonthTree({key: added_up(found) for key, found in groups.items()}, labels)


def _of_department(row: FactRow) -> dict[CellKey, tuple[str, str]]:
    """The cells a row of the department slice is counted in, with their labels."""
    bureau, department = row.bureau, row.department
    nobody = "" if department[0] else "No department"
    kind = CLASS_LABELS.get(row.petition_class, (row.petition_class, row.petition_class))
    compound = ("복합민원", "Compound") if row.is_compound else ("단순민원", "Simple")
    return {
        CellKey(Slice.BUREAU, "", bureau[0]): (bureau[1] or "담당 부서 없음", nobody),
        CellKey(Slice.DEPARTMENT, bureau[0], department[0]): (
            department[1] or "담당 부서 없음",
            nobody,
        ),
        CellKey(Slice.PETITION_CLASS, "", row.petition_class): kind,
        (COMPOUND if row.is_compound else SIMPLE): compound,
    }
