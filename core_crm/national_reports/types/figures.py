"""Figures as the ministry's pages show them: a value, or in one word why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from core_crm.kpis.types import Indicator
from core_crm.kpis.types.measures import MEASURES
from core_crm.national_reports.types.families import Family, family_of
from core_crm.national_reports.types.regions import Slice


class ValueState(StrEnum):
    """Why a figure has its value, or none. Only `known` has one."""

    KNOWN = "known"
    MISSING = "missing"  # nothing was received: not open, never read, or before its first month
    NO_CASES = "no_cases"  # the cases it is made of are shown, and there are none
    TOO_FEW = "too_few"  # the cases are shown, but fewer than the indicator asks for
    HIDDEN = "hidden"  # held back by disclosure control: fewer than five, or to protect such a cell


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator of one cell. `base` is None when it is hidden or missing."""

    state: ValueState
    value: Fraction | None = None
    base: int | None = None


def figure_of(
    indicator: Indicator, measures: Mapping[str, int], hidden: frozenset[Family]
) -> Figure:
    """The indicator over the measures that may be shown. No measures at all: missing."""
    if not measures and not hidden:
        return Figure(ValueState.MISSING)
    if any(family_of(name) in hidden for name in (*indicator.formula.names, indicator.base)):
        return Figure(ValueState.HIDDEN)
    base = measures[indicator.base]
    value = indicator.value({name: measures.get(name, 0) for name in MEASURES})
    if value is not None:
        return Figure(ValueState.KNOWN, value, base)
    is_empty = base == 0 or base >= indicator.fewest
    return Figure(ValueState.NO_CASES if is_empty else ValueState.TOO_FEW, None, base)


@dataclass(frozen=True, slots=True)
class RegionValue:
    """One indicator of one region (or of the nation, code "") in one month.

    `rank` 1 is the best and is shared by equals; None without a value or where no direction is
    better. `change` is the difference to the month before. `measures` holds what may be shown.
    `residents` None: not known. `regions` counts the regions in it: 1, or those in the nation's.
    """

    code: str
    name_ko: str
    name_en: str
    short_name_ko: str
    sort: int
    residents: int | None
    state: ValueState
    value: Fraction | None
    base: int | None
    rank: int | None
    change: Fraction | None
    measures: Mapping[str, int]
    regions: int = 1


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One month of a line; a month without a value says why."""

    month: date
    state: ValueState
    value: Fraction | None
    base: int | None


@dataclass(frozen=True, slots=True)
class TrendLine:
    """The months of one region, oldest first; code "" is the nation."""

    code: str
    name_ko: str
    name_en: str
    points: tuple[TrendPoint, ...]


@dataclass(frozen=True, slots=True)
class CellRow:
    """One row of a region's breakdown. `measures` holds only what may be shown."""

    slice: Slice
    key: str
    parent_key: str
    label_ko: str
    label_en: str
    measures: Mapping[str, int]
    hidden: frozenset[Family]
    has_parts: bool = False  # a bureau with departments below it

    def figure(self, indicator: Indicator) -> Figure:
        """This indicator of this row."""
        return figure_of(indicator, self.measures, self.hidden)
