"""The charts of the scorecard: the trend of the chosen row beside the whole, as a figure."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from core_crm.kpis.types import Cell, CellState, Grid, GridRow
from sodam.staff import kpi_words as words
from sodam.staff.kpi_cell import chosen_row
from sodam.staff.kpi_query import KpiQuery
from sodam.staff.kpi_table import NO_NUMBER, kind_word, month_word, row_name, total_word
from sodam.ui.figures import Chart, Column, Figure, Series, TableCell
from sodam.ui.words import date_time

DEFINITION = "#kpi-formula"


def trend_of(grid: Grid, query: KpiQuery) -> Figure:
    """The chosen row over the year, the whole as a quiet line; without a choice only the whole."""
    row = chosen_row(grid, query) or grid.total
    others = [] if row is grid.total else [grid.total]
    name = row_name(row, query, is_total=row is grid.total)
    return _figure(
        grid,
        query,
        name="kpi-trend",
        heading=_("%(name)s 추세") % {"name": name},
        lines=[(name, row), *((total_word(query), other) for other in others)],
    )


def chart_of(grid: Grid, query: KpiQuery) -> Figure:
    """In place of the grid: compound and simple of the chosen unit, and the whole."""
    row = chosen_row(grid, query)
    if row is None or row is grid.total:
        return trend_of(grid, query)
    same = [other for other in grid.rows if _who(other) == _who(row)]
    unit = row.officer_name or row.department_name or row.bureau_name or _("부서 없음")
    lines = [(kind_word(one) if len(same) > 1 else unit, one) for one in same]
    return _figure(
        grid,
        query,
        name="kpi-chart",
        heading=_("%(name)s · 월별 %(indicator)s")
        % {"name": unit, "indicator": words.label(grid.indicator)},
        lines=[*lines, (total_word(query), grid.total)],
    )


def _who(row: GridRow) -> object:
    return row.bureau_code, row.department_code, row.officer_id


def _figure(
    grid: Grid, query: KpiQuery, *, name: str, heading: str, lines: list[tuple[str, GridRow]]
) -> Figure:
    columns = (Column(_("월")), *(Column(name, is_number=True) for name, _row in lines))
    return Figure(
        id=name,
        heading=heading,
        sentence=_sentence(grid, lines),
        columns=columns,
        rows=tuple(_line(grid, place, lines) for place in range(len(grid.months))),
        chart=_chart(grid, lines),
        csv_url=query.url(name="staff_kpi_trend_csv"),
        definition_url=DEFINITION,
        data_time=data_time(grid),
        note=_running(grid),
    )


def data_time(grid: Grid) -> str:
    """`2026. 11. 23.(월) 06:00 자료`."""
    if grid.computed_at is None:
        return ""
    return _("%(when)s 자료") % {"when": date_time(timezone.localtime(grid.computed_at))}


def _running(grid: Grid) -> str:
    running = [cell.month for cell in grid.total.cells if cell.state == CellState.RUNNING]
    if not running or running[0] is None:
        return ""
    return _("%(month)s은 집계 중") % {"month": month_word(running[0].month)}


def _line(grid: Grid, place: int, lines: list[tuple[str, GridRow]]) -> tuple[TableCell, ...]:
    cells = [row.cells[place] for _name, row in lines]
    return (
        TableCell(month_word(grid.months[place].month)),
        *(_cell(grid, cell) for cell in cells),
    )


def _cell(grid: Grid, cell: Cell) -> TableCell:
    if cell.value is None:
        text, why = NO_NUMBER[cell.state]
        return TableCell(text, note=str(why))
    is_running = cell.state == CellState.RUNNING
    text = words.written(cell.value, grid.indicator)
    return TableCell(
        text, note=_("집계 중") if is_running else "", plain=words.plain(cell.value, grid.indicator)
    )


def _chart(grid: Grid, lines: list[tuple[str, GridRow]]) -> Chart:
    indicator = grid.indicator
    return Chart(
        kind="line",
        categories=tuple(month_word(month.month) for month in grid.months),
        series=tuple(
            Series(name, _values(row), is_quiet=row is grid.total and len(lines) > 1)
            for name, row in lines
        ),
        unit=words.unit(indicator),
        decimals=indicator.decimals,
        target=None if indicator.target is None else float(indicator.target),
        target_label=target_word(grid),
    )


def _values(row: GridRow) -> tuple[float | None, ...]:
    return tuple(None if cell.value is None else float(cell.value) for cell in row.cells)


def target_word(grid: Grid) -> str:
    """`목표 50%`."""
    target = words.target(grid.indicator)
    return _("목표 %(target)s") % {"target": target} if target else ""


def _sentence(grid: Grid, lines: list[tuple[str, GridRow]]) -> str:
    """From the first to the last month that is known: `도로안전과 · 복합: 1월 50%에서 10월 47%`."""
    name, row = lines[0]
    known = [cell for cell in row.cells if cell.value is not None]
    if not known:
        return _("%(name)s: 값이 있는 달이 없습니다.") % {"name": name}
    first, last = known[0], known[-1]
    told = {"name": name, "first": _told(grid, first), "last": _told(grid, last)}
    if first is last:
        return _("%(name)s: %(last)s 한 달만 값이 있습니다.") % told
    return _("%(name)s: %(first)s에서 %(last)s.") % told


def _told(grid: Grid, cell: Cell) -> str:
    assert cell.month is not None  # noqa: S101 - of a month, not of the year
    value = words.written(cell.value, grid.indicator, with_unit=True)
    return f"{month_word(cell.month.month)} {value}"
