"""The 12-month grid, shown and as a file: heads that span rows, cells with their state."""

from __future__ import annotations

import re
from calendar import month_abbr
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.kpis.types import Cell, CellState, Grid, GridRow, Indicator
from sodam.staff import kpi_words as words
from sodam.staff.kpi_bands import Band, band_of, bands_of, values_of
from sodam.staff.kpi_query import TOTAL, YEAR_MONTH, KpiQuery
from sodam.ui.words import is_english

NOT_OF_A_NAME = re.compile(r"[^\w]")
NO_NUMBER: dict[CellState, tuple[str, str | Promise]] = {
    CellState.FUTURE: ("·", gettext_lazy("아직 오지 않은 달")),
    CellState.NO_CASES: (words.NOTHING, gettext_lazy("해당 의견 없음")),
    CellState.TOO_FEW: ("≪", gettext_lazy("적어서 가림")),
    CellState.BEFORE_START: (words.NOTHING, gettext_lazy("소담을 쓰기 전")),
}


@dataclass(frozen=True, slots=True)
class Head:
    """A head that stands beside `rows` rows; `url` leads into what it names."""

    word: str
    rows: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell: its text, its look, what is said beside it, where it leads."""

    text: str
    plain: str
    css: str
    spoken: str
    url: str
    id: str
    is_chosen: bool
    is_missed: bool = False


@dataclass(frozen=True, slots=True)
class RowView:
    """A row with the heads that begin at it."""

    bureau: Head | None
    unit: Head | None
    person: Head | None
    kind: str
    cells: list[CellView]
    year: CellView


@dataclass(frozen=True, slots=True)
class Table:
    """What the page shows of a grid."""

    heads: list[str]
    months: list[str]
    rows: list[RowView]
    total: RowView | None
    bands: list[Band]
    width: int  # of the heads before the months


def table_of(grid: Grid, query: KpiQuery) -> Table:
    """Rows with links, heads spanning theirs, and the legend."""
    cells = [cell for row in [*grid.rows, grid.total] for cell in [*row.cells, row.year]]
    bands = bands_of(grid.indicator, values_of(cells))
    drawer = _Drawer(grid.indicator, query, bands)
    heads = _heads(query)
    return Table(
        heads=heads,
        months=[month_word(month.month) for month in grid.months],
        rows=drawer.rows(grid.rows),
        total=drawer.total(grid.total) if grid.rows else None,
        bands=bands,
        width=len(heads),
    )


def csv_of(grid: Grid, query: KpiQuery) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the file: every row with all its names, numbers without separators."""
    drawer = _Drawer(grid.indicator, query, [])
    months = [month_word(month.month) for month in grid.months]
    heads = _heads(query)
    names = [_names(row, query) for row in grid.rows]
    total = [total_word(query), *[""] * (len(heads) - 1)]
    lines = [
        [*named, *(view.plain for view in drawer.cells(row, is_total=row is grid.total))]
        for named, row in zip([*names, total], [*grid.rows, grid.total], strict=True)
    ]
    return [*heads, *months, _("연간")], lines


def month_word(month: int) -> str:
    """`9월` / `Sep`."""
    return month_abbr[month] if is_english() else f"{month}월"


def kind_word(row: GridRow) -> str:
    if row.is_compound is None:
        return _("복합·단순")
    return _("복합") if row.is_compound else _("단순")


def row_name(row: GridRow, query: KpiQuery, *, is_total: bool = False) -> str:
    """`도로안전과 · 복합`."""
    if is_total:
        return total_word(query)
    place = row.bureau_name if query.level == "bureau" else row.department_name
    names = [place or _("부서 없음"), row.officer_name]
    kind = kind_word(row) if query.compound != "all" else ""
    return " · ".join(name for name in [*names, kind] if name)


def total_word(query: KpiQuery) -> str:
    """What the total is of."""
    if query.bureau:
        return _("국 전체")
    return _("부서 전체") if query.level == "official" else _("시 전체")


def _heads(query: KpiQuery) -> list[str]:
    heads = {
        "bureau": [_("국")],
        "department": [_("국"), _("실·과")],
        "official": [_("실·과"), _("담당자")],
    }[query.level]
    return heads if query.compound == "all" else [*heads, _("구분")]


def _names(row: GridRow, query: KpiQuery) -> list[str]:
    names = {
        "bureau": [row.bureau_name],
        "department": [row.bureau_name, row.department_name],
        "official": [row.department_name, row.officer_name],
    }[query.level]
    named = [name or _("부서 없음") for name in names]
    return named if query.compound == "all" else [*named, kind_word(row)]


@dataclass(frozen=True, slots=True)
class _Drawer:
    """Turns rows into what is shown."""

    indicator: Indicator
    query: KpiQuery
    bands: list[Band]

    def rows(self, rows: Sequence[GridRow]) -> list[RowView]:
        """In their order, each head once, at the first row it stands beside."""
        is_of_people, is_of_bureaus = (self.query.level == one for one in ("official", "bureau"))
        beside = [
            [None] * len(rows) if is_of_people else _spanning(rows, _bureau, self._bureau),
            [None] * len(rows) if is_of_bureaus else _spanning(rows, _unit, _unit_head),
            _spanning(rows, _person, _person_head) if is_of_people else [None] * len(rows),
        ]
        return [self._row(row, heads) for row, *heads in zip(rows, *beside, strict=True)]

    def total(self, row: GridRow) -> RowView:
        *cells, year = self.cells(row, is_total=True)
        return RowView(None, None, None, "", cells, year)

    def cells(self, row: GridRow, *, is_total: bool = False) -> list[CellView]:
        """The twelve months and the year."""
        key = TOTAL if is_total else self.query.row_key(row)
        return [self._cell(key, cell) for cell in [*row.cells, row.year]]

    def _row(self, row: GridRow, heads: list[Head | None]) -> RowView:
        *cells, year = self.cells(row)
        kind = kind_word(row) if self.query.compound != "all" else ""
        return RowView(*heads, kind, cells, year)

    def _bureau(self, row: GridRow, count: int) -> Head:
        url = self.query.url(level="department", bureau=row.bureau_code, cell="")
        return Head(row.bureau_name or _("부서 없음"), count, url if row.bureau_code else "")

    def _cell(self, key: str, cell: Cell) -> CellView:
        place = f"{key}:{cell.month.month if cell.month else YEAR_MONTH}"
        facts: dict[str, Any] = {
            "url": "" if cell.state == CellState.FUTURE else self.query.url(cell=place),
            "id": "c-" + NOT_OF_A_NAME.sub("-", place),
            "is_chosen": self.query.cell == place,
        }
        if cell.value is None:
            text, why = NO_NUMBER[cell.state]
            return CellView(text, text, "na", str(why), **facts)
        return self._number(cell, facts)

    def _number(self, cell: Cell, facts: dict[str, Any]) -> CellView:
        assert cell.value is not None  # noqa: S101 - asked before
        band = band_of(self.bands, cell.value)
        is_running = cell.state == CellState.RUNNING
        said = [_("집계 중")] if is_running else []
        said += [_("목표 미달")] if band and band.is_missed else []
        css = [band.css if band else "", "wip" if is_running else ""]
        return CellView(
            words.written(cell.value, self.indicator),
            words.plain(cell.value, self.indicator),
            " ".join(css).strip(),
            ", ".join(said),
            is_missed=bool(band and band.is_missed),
            **facts,
        )


def _spanning(
    rows: Sequence[GridRow],
    key: Callable[[GridRow], object],
    head: Callable[[GridRow, int], Head],
) -> list[Head | None]:
    """For each row the head that begins at it: neighbours with the same key share one."""
    found: list[Head | None] = []
    for _key, group in groupby(rows, key=key):
        members = list(group)
        found += [head(members[0], len(members)), *[None] * (len(members) - 1)]
    return found


def _bureau(row: GridRow) -> object:
    return row.bureau_code


def _unit(row: GridRow) -> object:
    return row.bureau_code, row.department_code


def _person(row: GridRow) -> object:
    return row.department_code, row.officer_id


def _unit_head(row: GridRow, count: int) -> Head:
    return Head(row.department_name or _("부서 없음"), count)


def _person_head(row: GridRow, count: int) -> Head:
    return Head(row.officer_name, count)
