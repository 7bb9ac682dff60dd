"""`sodam kpi score`: scores of departments or officials in a period, and what they rest on."""

import argparse
from datetime import UTC, datetime
from typing import Any

from sodam.cli.answers import Code, formats, one_city, say, show_json, show_rows
from sodam.cli.processes import load_django

COLUMNS = {"rank": "순위", "code": "코드", "name": "이름", "points": "점수", "grade": "등급"}


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """kpi score --city C --period 2026-10 [--level department|official] [--contract CODE]"""
    noun = nouns.add_parser("kpi", help="성과지표의 점수")
    verbs = noun.add_subparsers(metavar="동작", required=True)
    command = verbs.add_parser("score", help="한 기간의 점수를 매긴다 (아무것도 바꾸지 않는다)")
    one_city(command)
    command.add_argument(
        "--period", required=True, metavar="P", help="2026-10, 2026-Q4, 2026-H2, 2026"
    )
    command.add_argument(
        "--level",
        choices=("department", "official"),
        default="department",
        help="누구의 점수인가 (기본: department)",
    )
    command.add_argument("--contract", default="", metavar="CODE", help="직무성과계약의 항목으로")
    formats(command)
    command.set_defaults(run=_score)


def _score(options: argparse.Namespace) -> int:
    load_django()
    from core_crm.kpis.selectors import score_sheet
    from core_crm.kpis.types import Span
    from tenants.context import serving_city

    span, now = Span.read(options.period), datetime.now(UTC)
    with serving_city(options.city):
        sheet = score_sheet(span, level=options.level, now=now, contract=options.contract)
    if options.format == "json":
        show_json({"city": options.city, **_told(sheet)})
        return Code.OK
    show_rows([_short(row) for row in sheet.rows], columns=COLUMNS, form="table")
    say(f"{span} 기준 {sheet.digest[:12]}, 집계 {sheet.facts_digest[:12]}")
    return Code.OK


def _told(sheet: Any) -> dict[str, Any]:
    """As JSON: exact numbers as text, so that nobody's parser rounds them."""
    return {
        "period": str(sheet.span),
        "level": str(sheet.level),
        "contract": sheet.contract,
        "is_over": sheet.is_over,
        "computed_at": sheet.computed_at.isoformat() if sheet.computed_at else None,
        "digest": sheet.digest,
        "facts_digest": sheet.facts_digest,
        "items": [
            {
                "kpi": item.indicator.code,
                "weight": str(item.weight),
                "method": str(item.indicator.definition.evaluation.method),
                "digest": item.indicator.digest,
            }
            for item in sheet.items
        ],
        "rows": [{**_short(row), "scores": _scores(sheet, row)} for row in sheet.rows],
    }


def _short(row: Any) -> dict[str, Any]:
    return {
        "rank": row.rank,
        "code": str(row.officer_id) if row.officer_id else row.department_code,
        "name": row.officer_name or row.department_name,
        "points": None if row.points is None else str(row.points),
        "grade": row.grade.label.ko if row.grade else None,
    }


def _scores(sheet: Any, row: Any) -> dict[str, Any]:
    return {
        item.indicator.code: {
            "value": _exact(score.value),
            "points": _exact(score.points),
            "base": score.base,
        }
        for item, score in zip(sheet.items, row.scores, strict=True)
    }


def _exact(value: Any) -> str | None:
    """`43.2`, or a fraction as it is: `200/3`."""
    return None if value is None else str(value)
