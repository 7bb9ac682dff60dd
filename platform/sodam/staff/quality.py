"""S10 `/staff/customers/quality` (정보품질현황): how good the data is, and what to mend first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core_crm.customers.selectors.quality import Mark, by_measure, quality_kept, quality_trend
from core_crm.customers.selectors.quality_checks import checks_of
from core_crm.customers.selectors.tasks_of_stewards import steward_tasks
from core_crm.staff.types import Right
from sodam.staff import quality_words as words
from sodam.staff.access import StaffRequest, official_page, show
from sodam.staff.customer_links import address_of
from sodam.staff.quality_query import QualityQuery
from sodam.ui.figures import Chart, Column, Figure, Series, TableCell
from sodam.ui.words import bare_date

TREND_DAYS = 365
LOW, FAIR = 80.0, 95.0


@require_GET
@official_page(Right.CUSTOMER_CHANGE)
def quality_page(request: StaffRequest) -> HttpResponseBase:
    """Four measures, each field by each of them, by source, over time, and the list of tasks."""
    query, today = QualityQuery.of(request.GET), timezone.localdate()
    counted_on, marks = quality_kept(query.subject)
    context: dict[str, Any] = {
        "menu": "customers",
        "tab": "quality",
        "query": query,
        "subjects": _subjects(query),
        "counted_on": counted_on,
    }
    if counted_on:
        context |= _told(query, marks, today)
    return show(request, "staff/customers/quality.html", context)


def _told(query: QualityQuery, marks: list[Mark], today: date) -> dict[str, Any]:
    chosen = _from(marks, query.source)
    return {
        "tiles": [_cell(query, mark) for mark in by_measure(chosen)],
        "measures": list(words.MEASURES.values()),
        "rows": _rows(query, chosen),
        "sources": _sources(query, marks),
        "tasks": _tasks(query, marks, today),
        "figure": trend_of(query, today=today),
    }


def _subjects(query: QualityQuery) -> list[dict[str, Any]]:
    return [
        {"word": word, "url": QualityQuery(code).url(), "is_here": code == query.subject}
        for code, word in words.SUBJECTS.items()
    ]


def _from(marks: Sequence[Mark], source: str) -> list[Mark]:
    """The marks of one source, as if it were all."""
    return [replace(mark, source="") for mark in marks if mark.source == source]


def _cell(query: QualityQuery, mark: Mark) -> dict[str, Any]:
    """A percentage, its bar, and where its failing rows are."""
    percent = mark.percent
    tone = "none" if percent is None else "bad" if percent < LOW else "ok"
    return {
        "measure": words.MEASURES[mark.measure],
        "text": words.percent_word(mark),
        "bar": percent or 0,
        "tone": "fair" if tone == "ok" and percent is not None and percent < FAIR else tone,
        "bad": mark.bad,
        "total": mark.total,
        "url": query.rows_url(mark.field, mark.measure) if mark.bad else "",
        "what": words.failing_word(mark),
    }


def _rows(query: QualityQuery, marks: Sequence[Mark]) -> list[dict[str, Any]]:
    """A field by line, a measure by column; None where a field is not asked for it."""
    fields = list(dict.fromkeys(check.field for check in checks_of(query.subject)))
    known = {(mark.field, mark.measure): mark for mark in marks}
    return [
        {
            "word": words.field_word(field),
            "cells": [
                _cell(query, mark) if (mark := known.get((field, measure))) else None
                for measure in words.MEASURES
            ],
        }
        for field in fields
    ]


def _sources(query: QualityQuery, marks: Sequence[Mark]) -> list[dict[str, Any]]:
    """Each source with its four measures together; the first line is all of them."""
    return [
        {
            "word": words.source_word(source) if source else _("모든 출처"),
            "url": replace(query, source=source).url(),
            "is_here": source == query.source,
            "total": max((mark.total for mark in _from(marks, source)), default=0),
            "cells": _by_measure(_from(marks, source)),
        }
        for source in dict.fromkeys(mark.source for mark in marks)
    ]


def _by_measure(marks: Sequence[Mark]) -> list[str]:
    found = {mark.measure: mark for mark in by_measure(marks)} if marks else {}
    return [words.percent_word(found.get(measure)) for measure in words.MEASURES]


def _tasks(query: QualityQuery, marks: Sequence[Mark], today: date) -> list[dict[str, Any]]:
    """What to mend, the worst first, each with the page on which one mends it."""
    everywhere = QualityQuery(query.subject)
    return [
        {
            "word": words.task_word(task),
            "count": words.counted(task.count),
            "url": everywhere.rows_url(task.mark.field, task.mark.measure)
            if task.mark
            else address_of(words.OTHERS[task.kind][1]),
        }
        for task in steward_tasks(marks, today=today)
    ]


def trend_of(query: QualityQuery, *, today: date) -> Figure:
    """The four measures of a year, day by day as they were kept."""
    days = quality_trend(query.subject, since=today - timedelta(days=TREND_DAYS))
    names = [str(measure.word) for measure in words.MEASURES.values()]
    lines = tuple(
        Series(name, tuple(_percent(of_day.get(code)) for of_day in days.values()))
        for code, name in zip(words.MEASURES, names, strict=True)
    )
    return Figure(
        id="quality-trend",
        heading=_("품질 추세"),
        sentence=_sentence(list(days), lines),
        columns=(Column(_("날짜")), *(Column(name, is_number=True) for name in names)),
        rows=tuple(
            (TableCell(bare_date(day)), *(_trend_cell(of_day.get(code)) for code in words.MEASURES))
            for day, of_day in days.items()
        ),
        chart=Chart("line", tuple(f"{day:%m.%d}" for day in days), lines, "%", 1),
        csv_url=query.url("staff_quality_figure", "trend"),
        definition_url="",
        data_time="",
        note=_("모든 출처, 모든 항목을 합친 비율입니다."),
    )


def _percent(mark: Mark | None) -> float | None:
    return mark.percent if mark else None


def _trend_cell(mark: Mark | None) -> TableCell:
    return TableCell(words.percent_word(mark), plain=str(_percent(mark) or ""))


def _sentence(days: list[date], lines: tuple[Series, ...]) -> str:
    """`완전성: 8. 1. 71.2%에서 11. 25. 73.0%.`"""
    first, last = lines[0].values[0], lines[0].values[-1]
    if len(days) == 1 or first is None or last is None:
        return _("%(day)s 하루만 세었습니다. 날마다 한 점씩 늘어납니다.") % {
            "day": bare_date(days[-1])
        }
    return _("%(what)s: %(since)s %(first)s%%에서 %(until)s %(last)s%%.") % {
        "what": lines[0].name,
        "since": bare_date(days[0]),
        "first": f"{first:.1f}",
        "until": bare_date(days[-1]),
        "last": f"{last:.1f}",
    }
