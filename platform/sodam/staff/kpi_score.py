"""`/staff/kpi/score` (점수): points and places of departments or officials, item by item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from core_crm.common.formulas import round_half_up
from core_crm.kpis.errors import NothingToScore
from core_crm.kpis.selectors import bureau_options, contract_list, kpi_years, score_sheet
from core_crm.kpis.types import Level, Score, ScoreItem, ScoreRow, ScoreSheet, Span
from core_crm.staff.types import Right
from sodam.staff import kpi_words as words
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.kpi_query import KpiQuery
from sodam.staff.kpi_reach import Reach
from sodam.staff.kpi_score_query import ScoreQuery, span_word, spans_of
from sodam.ui.figures import csv_answer
from sodam.ui.words import date_time, is_english

LEVELS: dict[str, str | Promise] = {
    "department": gettext_lazy("실·과"),
    "official": gettext_lazy("담당자"),
}


@dataclass(frozen=True, slots=True)
class ItemHead:
    """An item at the top of its column."""

    label: str
    weight: str
    url: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Points of one item, and the number they were given for."""

    points: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Line:
    """A department or official."""

    bureau: str
    name: str
    rank: str
    points: str
    bar: str
    grade: str
    cells: list[Cell]


@require_GET
@official_page(Right.SCORE_VIEW)
def score_page(request: StaffRequest) -> HttpResponseBase:
    """The sheet of a month, quarter, half or year; by the weights or by a contract."""
    if not kpi_years():
        return show(request, "staff/kpi_empty.html", {"menu": "scores", "tab": "score"})
    query, reach = _asked(request)
    sheet, why = _sheet(query)
    facts = _context(query, reach, sheet) if sheet else {}
    return show(
        request,
        "staff/kpi_score.html",
        {"menu": "scores", "tab": "score", "why": why, **_filters(query, reach), **facts},
    )


@require_GET
@official_page(Right.SCORE_VIEW)
def score_csv(request: StaffRequest) -> HttpResponseBase:
    """The sheet as a file: numbers, points and places as they are shown."""
    query, reach = _asked(request)
    sheet, _why = _sheet(query)
    heads, lines = _csv(sheet, _rows(sheet, reach, query)) if sheet else ([], [])
    name = _("점수 %(period)s") % {"period": query.span}
    return csv_answer(f"{name}.csv", heads, lines)


def _asked(request: HttpRequest) -> tuple[ScoreQuery, Reach]:
    reach = Reach.of(request.official)  # type: ignore[attr-defined]
    today = timezone.localdate()
    query = ScoreQuery.of(
        request.GET,
        spans=[str(one) for one in spans_of(today, kpi_years())],
        contracts=[code for code, _contract in contract_list()],
        bureaus=[code for code, _name in bureau_options()],
    )
    return query.within(has_officials=reach.has_official_level), reach


def _sheet(query: ScoreQuery) -> tuple[ScoreSheet | None, str]:
    """The sheet, or why there is none."""
    try:
        span = Span.read(query.span)
        sheet = score_sheet(span, level=query.level, now=timezone.now(), contract=query.contract)
    except NothingToScore as refused:
        return None, refused.message
    return sheet, ""


def _rows(sheet: ScoreSheet, reach: Reach, query: ScoreQuery) -> list[ScoreRow]:
    """Those this official may see: departments are open, people are their head's and their own."""
    rows = [row for row in sheet.rows if not query.bureau or row.bureau_code == query.bureau]
    if sheet.level != Level.OFFICIAL or (reach.sees_all and reach.sees_officials):
        return rows
    if reach.sees_officials:
        return [row for row in rows if row.department_code in reach.own]
    return [row for row in rows if row.officer_id == reach.official.id]


def _context(query: ScoreQuery, reach: Reach, sheet: ScoreSheet) -> dict[str, Any]:
    rows = _rows(sheet, reach, query)
    return {
        "heads": [_head(item, sheet) for item in sheet.items],
        "lines": [_line(row, sheet) for row in rows],
        "of": len(sheet.rows),
        "title": span_word(sheet.span),
        "is_running": not sheet.is_over,
        "digest": sheet.digest,
        "data_time": date_time(timezone.localtime(sheet.computed_at)) if sheet.computed_at else "",
        "is_of_people": sheet.level == Level.OFFICIAL,
        "has_grades": bool(sheet.contract),
        "csv_url": query.url(name="staff_kpi_score_csv"),
    }


def _filters(query: ScoreQuery, reach: Reach) -> dict[str, Any]:
    levels = {
        code: word
        for code, word in LEVELS.items()
        if code != "official" or reach.has_official_level
    }
    own = levels | ({} if reach.sees_officials else {"official": _("내 점수")})
    return {
        "query": query,
        "levels": [(str(own[code]), query.url(level=code), query.level == code) for code in levels],
        "spans": [
            (str(one), span_word(one)) for one in spans_of(timezone.localdate(), kpi_years())
        ],
        "contracts": [(code, _in_language(one.label)) for code, one in contract_list()],
        "bureaus": bureau_options(),
    }


def _in_language(label: Any) -> str:
    return str(label.en if is_english() and label.en else label.ko)


def _head(item: ScoreItem, sheet: ScoreSheet) -> ItemHead:
    year = sheet.span.first.year
    query = KpiQuery(indicator=item.indicator.code, year=year)
    return ItemHead(
        words.label(item.indicator), words.short(str(round_half_up(item.weight, 2))), query.url()
    )


def _line(row: ScoreRow, sheet: ScoreSheet) -> Line:
    return Line(
        bureau=row.bureau_name,
        name=row.officer_name or row.department_name or _("부서 없음"),
        rank=str(row.rank) if row.rank else words.NOTHING,
        points=words.NOTHING if row.points is None else str(row.points),
        bar="0" if row.points is None else str(row.points),
        grade=_in_language(row.grade.label) if row.grade else "",
        cells=[_cell(item, score) for item, score in zip(sheet.items, row.scores, strict=True)],
    )


def _cell(item: ScoreItem, score: Score) -> Cell:
    if score.points is None:
        few = score.base and score.base < item.indicator.fewest
        return Cell(words.NOTHING, "", _("적어서 가림") if few else _("해당 의견 없음"))
    value = words.written(score.value, item.indicator, with_unit=True)
    return Cell(str(round_half_up(score.points, 1)), value, "")


def _csv(sheet: ScoreSheet, rows: list[ScoreRow]) -> tuple[list[str], list[list[str]]]:
    labels = [words.label(item.indicator) for item in sheet.items]
    parts = [head for label in labels for head in (label, _("%(name)s 점수") % {"name": label})]
    heads = [_("국"), _("실·과"), _("담당자"), *parts, _("점수"), _("순위"), _("등급")]
    return heads, [_csv_line(row, sheet) for row in rows]


def _csv_line(row: ScoreRow, sheet: ScoreSheet) -> list[str]:
    parts = [
        text
        for item, score in zip(sheet.items, row.scores, strict=True)
        for text in (
            words.plain(score.value, item.indicator) if score.value is not None else "",
            "" if score.points is None else str(round_half_up(score.points, 2)),
        )
    ]
    names = [row.bureau_name, row.department_name, row.officer_name]
    points = "" if row.points is None else str(row.points)
    grade = _in_language(row.grade.label) if row.grade else ""
    return [*names, *parts, points, str(row.rank or ""), grade]
