"""The monthly grid of an indicator: sums from the facts, the formula on each, states for the rest.

A number is never an average of averages: the measures of all months, departments or classes behind
it are added up, and the formula runs once on the sums.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from core_crm.calendars import SEOUL
from core_crm.kpis.selectors.added import measures_held
from core_crm.kpis.selectors.added_months import added_by_month
from core_crm.kpis.selectors.facts import facts_computed_at, first_month
from core_crm.kpis.selectors.organisation import Organisation
from core_crm.kpis.selectors.sums import RowKey, Sums, Wanted, sums_by_month, sums_by_official
from core_crm.kpis.types import (
    MEASURES,
    NO_MEASURES,
    Cell,
    CellState,
    Grid,
    GridRow,
    Indicator,
    Level,
    Measures,
)
from core_crm.staff.models import Official

Months = dict[date, Measures]


def kpi_grid(
    indicator: Indicator,
    *,
    year: int,
    now: datetime,
    level: str = Level.DEPARTMENT,
    bureau: str = "",
    department: str = "",
    compound: bool | None = None,
    by_compound: bool = True,
    petition_class: str = "",
) -> Grid:
    """Twelve months and the year of each bureau, department or official that has facts in it.

    `bureau` and `department` are codes; `compound` and `petition_class` narrow the cases;
    `by_compound` gives simple and compound ones rows of their own. The total is of all cases asked
    for, at the level `official` also of those that nobody's name stands by.
    """
    wanted = Wanted(year, bureau, department, compound, petition_class)
    read = _Reader(indicator, year, now.astimezone(SEOUL).date().replace(day=1), first_month())
    is_of_people = level == Level.OFFICIAL
    sums = sums_by_official if is_of_people else sums_by_month
    found = _grouped(sums(wanted, level=Level(level), by_compound=by_compound))
    total = _grouped(sums_by_month(wanted, level=None, by_compound=False))
    if codes := measures_held(indicator.added_measures):
        by_row = added_by_month(codes, wanted, level=Level(level), by_compound=by_compound)
        _put(found, by_row, codes)
        _put(total, added_by_month(codes, wanted, level=None, by_compound=False), codes)
    names = _Names(Organisation.of_this_city(), _officials(found) if is_of_people else {})
    rows = [read.row(key, months, names) for key, months in found.items()]
    return Grid(
        indicator=indicator,
        year=year,
        months=read.months,
        rows=tuple(sorted(rows, key=names.order)),
        total=read.row(RowKey(), total.get(RowKey(), {}), names),
        computed_at=facts_computed_at(),
    )


def _grouped(sums: Iterable[tuple[RowKey, date, Measures]]) -> dict[RowKey, Months]:
    found: dict[RowKey, Months] = defaultdict(dict)
    for key, month, measures in sums:
        found[key][month] = measures
    return found


def _put(found: dict[RowKey, Months], sums: Sums, codes: list[str]) -> None:
    """Plugins' measures beside the core's own of the same month, 0 where nothing was counted."""
    for months in found.values():
        months.update({month: {**own, **dict.fromkeys(codes, 0)} for month, own in months.items()})
    for key, month, measures in sums:
        found[key][month] = {**found[key].get(month, NO_MEASURES), **measures}


def _officials(keys: Iterable[RowKey]) -> dict[UUID, str]:
    wanted = {key.officer_id for key in keys if key.officer_id}
    return dict(Official.objects.filter(id__in=wanted).values_list("id", "user__name"))


@dataclass(frozen=True, slots=True)
class _Names:
    """What codes and ids are called, and in which order rows stand: compound before simple."""

    organisation: Organisation
    officials: dict[UUID, str]

    def order(self, row: GridRow) -> tuple[int, int, str, str, bool]:
        place = self.organisation.place
        bureau, department = place(row.bureau_code), place(row.department_code)
        return bureau, department, row.officer_name, str(row.officer_id), not row.is_compound


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns sums into cells. `today` and `first` are months, by their first day."""

    indicator: Indicator
    year: int
    today: date
    first: date | None

    @property
    def months(self) -> tuple[date, ...]:
        return tuple(date(self.year, month, 1) for month in range(1, 13))

    def row(self, key: RowKey, found: Months, names: _Names) -> GridRow:
        organisation = names.organisation
        bureau = key.bureau_code or organisation.bureau(key.department_code)
        return GridRow(
            bureau_code=bureau,
            bureau_name=organisation.name(bureau),
            department_code=key.department_code,
            department_name=organisation.name(key.department_code),
            officer_id=key.officer_id,
            officer_name=names.officials.get(key.officer_id, "") if key.officer_id else "",
            is_compound=key.is_compound,
            cells=tuple(self._month(month, found.get(month)) for month in self.months),
            year=self._year(added(found.values())),
        )

    def _month(self, month: date, measures: Measures | None) -> Cell:
        if state := self._out_of_time(month, month):
            return _empty(month, state)
        return self._cell(month, measures or added([]), is_running=month == self.today)

    def _year(self, measures: Measures) -> Cell:
        if state := self._out_of_time(self.months[0], self.months[-1]):
            return _empty(None, state)
        return self._cell(None, measures, is_running=self.year == self.today.year)

    def _out_of_time(self, since: date, until: date) -> CellState | None:
        if since > self.today:
            return CellState.FUTURE
        if self.first is None or until < self.first:
            return CellState.BEFORE_START
        return None

    def _cell(self, month: date | None, measures: Measures, *, is_running: bool) -> Cell:
        base = measures.get(self.indicator.base, 0)
        if not base:
            return _empty(month, CellState.NO_CASES, measures)
        if base < self.indicator.fewest:
            return Cell(month, CellState.TOO_FEW, None, base, {self.indicator.base: base})
        value = self.indicator.value(measures)
        if value is None:  # cases, but of none of them is known what the formula asks for
            return Cell(month, CellState.NO_CASES, None, base, measures)
        state = CellState.RUNNING if is_running else CellState.KNOWN
        return Cell(month, state, value, base, measures)


def _empty(month: date | None, state: CellState, measures: Measures | None = None) -> Cell:
    return Cell(month, state, None, 0, measures or added([]))


def added(found: Iterable[Measures]) -> dict[str, int]:
    """All measures, added up."""
    total = dict.fromkeys(MEASURES, 0)
    for measures in found:
        for name, amount in measures.items():
            total[name] = total.get(name, 0) + amount
    return total
