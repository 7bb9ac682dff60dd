"""The chosen cell: against target and the month before, what it is made of, its cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.kpis.types import Cell, CellState, Grid, GridRow, Indicator
from core_crm.voices.selectors import inbox_size
from sodam.staff import kpi_words as words
from sodam.staff.access import Seat
from sodam.staff.kpi_query import TOTAL, KpiQuery
from sodam.staff.kpi_reach import Reach
from sodam.staff.kpi_table import month_word, row_name
from sodam.staff.list_query import ListQuery
from sodam.staff.narrowing import NO_DEPARTMENT, Narrowing

RATED = {"invited", "rated", "solved", "unsolved"}
WHY_NO_NUMBER: dict[CellState, str | Promise] = {
    CellState.FUTURE: gettext_lazy("아직 오지 않은 달입니다."),
    CellState.NO_CASES: gettext_lazy("이 칸에 해당하는 의견이 없어 값이 없습니다. 0이 아닙니다."),
    CellState.TOO_FEW: gettext_lazy(
        "답이 너무 적어 보여 주지 않습니다. 적은 답으로는 누가 답했는지 알아볼 수 있습니다."
    ),
    CellState.BEFORE_START: gettext_lazy("이 시·도가 소담을 쓰기 전이라 자료가 없습니다."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A measure in words, its amount, and a note to it."""

    word: str
    amount: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CellPanel:
    """What the side panel shows; "" and None where there is nothing to say.

    `why` says why there is no number, `figures` is the formula with its sums, `cases` how many the
    list at `cases_url` holds now, `cases_note` what that list is, or why it does not open.
    """

    title: str
    value: str
    unit: str
    state: str
    why: str
    against_target: str
    is_missed: bool
    against_before: str
    lines: list[Line]
    figures: str
    cases: int | None
    cases_url: str
    cases_note: str


def chosen_row(grid: Grid, query: KpiQuery) -> GridRow | None:
    """The row of the chosen cell, if it is one of this grid."""
    if query.chosen is None:
        return None
    key, _month = query.chosen
    if key == TOTAL:
        return grid.total
    return next((row for row in grid.rows if query.row_key(row) == key), None)


def panel_of(grid: Grid, query: KpiQuery, *, official: Seat, reach: Reach) -> CellPanel | None:
    """The chosen cell's panel; None when no cell of this grid is chosen."""
    row = chosen_row(grid, query)
    if row is None or query.chosen is None:
        return None
    month = query.chosen[1]
    cell = row.cells[month - 1] if month else row.year
    before = row.cells[month - 2] if month and month > 1 else None
    indicator, has_number = grid.indicator, cell.value is not None
    cases, url, note = _cases(row, cell, grid, query, official, reach)
    return CellPanel(
        title=_title(row, grid, query, month),
        value=words.written(cell.value, indicator),
        unit=words.unit(indicator),
        state=_("집계 중이라 아직 바뀝니다") if cell.state == CellState.RUNNING else "",
        why="" if has_number else str(WHY_NO_NUMBER.get(cell.state, "")),
        against_target=_against_target(cell, indicator),
        is_missed=has_number and indicator.meets_target(cell.value) is False,  # type: ignore[arg-type]
        against_before=_against_before(cell, before, indicator),
        lines=_lines(indicator, cell) if has_number else [],
        figures=_figures(indicator, cell) if has_number else "",
        cases=cases,
        cases_url=url,
        cases_note=note,
    )


def _title(row: GridRow, grid: Grid, query: KpiQuery, month: int | None) -> str:
    name = row_name(row, query, is_total=row is grid.total)
    when = month_word(month) if month else _("%(year)d년") % {"year": query.year}
    return f"{name} · {when}"


def _against_target(cell: Cell, indicator: Indicator) -> str:
    if cell.value is None or indicator.target is None:
        return ""
    apart = cell.value - indicator.target
    if not apart:
        return _("목표와 같음")
    far = {"far": words.distance(apart, indicator)}
    return _("목표보다 %(far)s 높음") % far if apart > 0 else _("목표보다 %(far)s 낮음") % far


def _against_before(cell: Cell, before: Cell | None, indicator: Indicator) -> str:
    if cell.value is None or before is None or before.value is None or before.month is None:
        return ""
    apart = cell.value - before.value
    told = {"month": month_word(before.month.month), "far": words.distance(apart, indicator)}
    if not apart:
        return _("%(month)s과 같음") % told
    return (
        _("%(month)s보다 %(far)s 오름") % told
        if apart > 0
        else _("%(month)s보다 %(far)s 내림") % told
    )


def _lines(indicator: Indicator, cell: Cell) -> list[Line]:
    """What the formula is made of, and first how many cases stand behind it."""
    names = list(dict.fromkeys([indicator.base, *words.names_of(indicator)]))
    return [
        Line(
            words.measure_words().get(name, name),
            words.measure_value(name, cell.measures),
            words.average_days(name, cell.measures),
        )
        for name in names
    ]


def _figures(indicator: Indicator, cell: Cell) -> str:
    value = words.written(cell.value, indicator, with_unit=True)
    return f"{words.formula_figures(indicator, cell.measures)} = {value}"


def _cases(
    row: GridRow, cell: Cell, grid: Grid, query: KpiQuery, official: Seat, reach: Reach
) -> tuple[int | None, str, str]:
    """How many cases the list behind the cell holds now, its address, or why it does not open."""
    if cell.state in {CellState.FUTURE, CellState.BEFORE_START, CellState.NO_CASES}:
        return None, "", ""
    if not reach.opens(row, query):
        return None, "", _("이 의견들은 맡은 부서와 모든 의견을 보는 직원만 열 수 있습니다.")
    narrow = cases_of(row, cell, grid, query, reach)
    listed = ListQuery(view="all", sort="updated", narrow=narrow)
    note = (
        _("설문을 보낸 의견입니다. 누가 어떻게 답했는지는 보여 주지 않습니다.")
        if narrow.asked
        else ""
    )
    return inbox_size(official, filters=narrow.filters()), listed.list_url(), note


def cases_of(row: GridRow, cell: Cell, grid: Grid, query: KpiQuery, reach: Reach) -> Narrowing:
    """The list that holds exactly the cases behind a cell."""
    span = f"{cell.month:%Y-%m}" if cell.month else str(query.year)
    kind = {True: "yes", False: "no"}.get(row.is_compound, _asked_kind(query))  # type: ignore[arg-type]
    return Narrowing(
        **_when(grid.indicator, span),
        **(_place_of_total(query, reach) if row is grid.total else _place(row, query)),
        compound=kind,
        petition_class=query.petition_class,
        officer=str(row.officer_id) if row.officer_id else "",
    )


def _asked_kind(query: KpiQuery) -> str:
    return query.compound if query.compound in {"yes", "no"} else ""


def _when(indicator: Indicator, span: str) -> dict[str, Any]:
    """By what the base is dated: the receipt, the survey, or the closing."""
    if indicator.base == "received":
        return {"received": span}
    if indicator.base in RATED or indicator.base.endswith("_count"):
        return {"asked": span}
    return {"closed": span, "settled": "yes" if indicator.base != "closed" else ""}


def _place(row: GridRow, query: KpiQuery) -> dict[str, str]:
    if query.level == "bureau" and row.bureau_code:
        return {"bureau": row.bureau_code}
    return {"dept": row.department_code or NO_DEPARTMENT}


def _place_of_total(query: KpiQuery, reach: Reach) -> dict[str, str]:
    place = reach.place(query)
    return {"bureau": place.get("bureau", ""), "dept": place.get("department", "")}
