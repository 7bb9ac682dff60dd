"""Figures: a heading, one sentence, a chart with its table, the same rows as CSV, the data's time.

The table is the truth and stands in the page: a chart is drawn from `Chart`, which must hold the
same numbers. `{% include "ui/components/figure.html" with figure=figure %}` shows one; a page with
a chart also includes `ui/components/chart_scripts.html` among its scripts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from core_crm.common.csv_writing import BYTE_ORDER_MARK, csv_line


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head; numbers stand to the right."""

    label: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class TableCell:
    """What a cell shows. `note` is said beside it: why there is no number, how it came about.

    `plain` is what the CSV holds where that differs from `text` (`1234.5` for `1,234.5점`).
    """

    text: str
    url: str = ""
    note: str = ""
    plain: str | None = None

    @property
    def csv(self) -> str:
        return self.text if self.plain is None else self.plain


@dataclass(frozen=True, slots=True)
class Series:
    """A line, or the bars of one colour; None is a gap, never zero. A quiet one is background."""

    name: str
    values: tuple[float | None, ...]
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: `kind` is line or bar. `marks` are (category, event) on the time axis.

    `decimals` is how numbers are written, `unit` what stands behind them.
    """

    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    decimals: int
    target: float | None = None
    target_label: str = ""
    marks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """All that `figure.html` shows. The first column names the row.

    `sentence` says in words what one sees. Links and notes that do not exist are "".
    """

    id: str
    heading: str
    sentence: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    chart: Chart | None
    csv_url: str
    definition_url: str
    data_time: str
    note: str = ""

    @property
    def chart_json(self) -> str:
        """For `data-chart`; charts.js draws it."""
        return json.dumps(asdict(self.chart), ensure_ascii=False) if self.chart else ""

    @property
    def lines(self) -> list[list[tuple[Column, TableCell]]]:
        """The rows with each cell's column beside it."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


def csv_answer(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """A file that Excel opens rightly: UTF-8 with its mark, nothing run as a formula.

    `name` may be Korean and carries its ending, e.g. `처리기간 단축률 2026.csv`.
    """
    lines = (csv_line(row, has_numbers=True) for row in [header, *rows])
    response = HttpResponse(
        BYTE_ORDER_MARK + "".join(lines), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def figure_csv(name: str, figure: Figure) -> HttpResponse:
    """The figure's table as a file, row by row as it is shown."""
    rows = ([cell.csv for cell in row] for row in figure.rows)
    return csv_answer(name, [column.label for column in figure.columns], rows)
