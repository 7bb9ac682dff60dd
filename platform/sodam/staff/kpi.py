"""S23 `/staff/kpi`: the monthly grid of an indicator; every cell opens its cases and formula."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from core_crm.kpis.selectors import bureau_options, indicator_get, indicator_list, kpi_years
from core_crm.kpis.types import Grid, Indicator
from core_crm.staff.types import Right
from sodam.staff import kpi_words as words
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.kpi_cell import panel_of
from sodam.staff.kpi_figures import chart_of, data_time, target_word, trend_of
from sodam.staff.kpi_query import KpiQuery
from sodam.staff.kpi_reach import Reach, grid_for
from sodam.staff.kpi_table import csv_of, table_of, total_word
from sodam.staff.labels import CLASSES
from sodam.ui.figures import csv_answer, figure_csv

KINDS: dict[str, str | Promise] = {
    "split": gettext_lazy("복합과 단순"),
    "all": gettext_lazy("합쳐서"),
    "yes": gettext_lazy("복합만"),
    "no": gettext_lazy("단순만"),
}
LEVELS: dict[str, str | Promise] = {
    "bureau": gettext_lazy("국"),
    "department": gettext_lazy("실·과"),
    "official": gettext_lazy("담당자"),
}
VIEWS: dict[str, str | Promise] = {"table": gettext_lazy("표"), "chart": gettext_lazy("차트")}


@dataclass(frozen=True, slots=True)
class Choice:
    """A link of a segment."""

    word: Any
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Scorecard:
    """What an official asked for, and may see of it."""

    query: KpiQuery
    grid: Grid
    reach: Reach
    indicators: list[Indicator]
    bureaus: list[tuple[str, str]]
    years: list[int]


@require_GET
@official_page(Right.SCORE_VIEW)
def kpi_page(request: StaffRequest) -> HttpResponseBase:
    """Grid or chart, the chosen cell beside it, the trend below."""
    card = _scorecard(request)
    if card is None:
        return show(request, "staff/kpi_empty.html", {"menu": "scores", "tab": "kpi"})
    return show(request, "staff/kpi.html", _context(request, card))


@require_GET
@official_page(Right.SCORE_VIEW)
def grid_csv(request: StaffRequest) -> HttpResponseBase:
    """The grid as a file, row by row as it is shown."""
    card = _scorecard(request)
    if card is None:
        return redirect("staff_kpi")
    heads, lines = csv_of(card.grid, card.query)
    return csv_answer(f"{_file_name(card)}.csv", heads, lines)


@require_GET
@official_page(Right.SCORE_VIEW)
def trend_csv(request: StaffRequest) -> HttpResponseBase:
    """The table of the figure that the same address draws."""
    card = _scorecard(request)
    if card is None:
        return redirect("staff_kpi")
    draw = chart_of if card.query.view == "chart" else trend_of
    name = _("%(name)s 추세") % {"name": _file_name(card)}
    return figure_csv(f"{name}.csv", draw(card.grid, card.query))


def _scorecard(request: StaffRequest) -> Scorecard | None:
    """None while nothing was counted yet."""
    years = kpi_years()
    if not years:
        return None
    indicators, bureaus, reach = indicator_list(), bureau_options(), Reach.of(request.official)
    asked = KpiQuery.of(request.GET, indicators=[one.code for one in indicators], years=years)
    query = reach.within(asked, bureaus=[code for code, _name in bureaus])
    indicator = indicator_get(query.indicator)
    grid = grid_for(reach, query, indicator=indicator, now=timezone.now())
    return Scorecard(query, grid, reach, indicators, bureaus, years)


def _context(request: StaffRequest, card: Scorecard) -> dict[str, Any]:
    query, grid, indicator = card.query, card.grid, card.grid.indicator
    is_chart = query.view == "chart"
    return {
        "menu": "scores",
        "tab": "kpi",
        "query": query,
        "label": words.label(indicator),
        "description": words.description(indicator),
        "target": target_word(grid),
        "data_time": data_time(grid),
        "tabs": _choices(
            query, "indicator", {one.code: words.label(one) for one in card.indicators}
        ),
        "levels": _choices(query, "level", _levels(card.reach)),
        "views": _choices(query, "view", VIEWS, keeps_cell=True),
        "table": table_of(grid, query),
        "total_word": total_word(query),
        "panel": panel_of(grid, query, official=request.official, reach=card.reach),
        "figure": chart_of(grid, query) if is_chart else trend_of(grid, query),
        "aim": words.target(indicator),
        "weight": words.weight(indicator),
        "formula": words.formula_words(indicator),
        "indicator": indicator,
        "source": words.source(indicator),
        "close_url": query.url(cell=""),
        "csv_url": query.url(name="staff_kpi_csv", cell=""),
        **_filters(card),
    }


def _filters(card: Scorecard) -> dict[str, Any]:
    """The selects, and what their form carries along."""
    query, has_bureaus = card.query, _may_choose_bureau(card)
    return {
        "years": card.years,
        "bureaus": card.bureaus if has_bureaus else [],
        "needs_bureau": query.level == "official",
        "kinds": KINDS,
        "classes": CLASSES,
        "carried": query.hidden("year", "bureau", "compound", "petition_class"),
    }


def _may_choose_bureau(card: Scorecard) -> bool:
    is_of_people = card.query.level == "official"
    return not is_of_people or (card.reach.sees_all and card.reach.sees_officials)


def _levels(reach: Reach) -> dict[str, str | Promise]:
    """One's own figures are called so, where those of others are not to be seen."""
    own = LEVELS if reach.sees_officials else LEVELS | {"official": gettext_lazy("내 지표")}
    return {
        code: word for code, word in own.items() if code != "official" or reach.has_official_level
    }


def _choices(
    query: KpiQuery, name: str, known: dict[str, Any], *, keeps_cell: bool = False
) -> list[Choice]:
    """Links that change one thing. A cell stays chosen when its row can stay the same."""
    keeps = keeps_cell or name == "indicator"
    cell = query.cell if keeps else ""
    return [
        Choice(word, query.url(**{name: code}, cell=cell), getattr(query, name) == code)
        for code, word in known.items()
    ]


def _file_name(card: Scorecard) -> str:
    return f"{words.label(card.grid.indicator)} {card.query.year}"
