"""`sodam config upgrade|drift`: cities and the standard."""

import argparse
from datetime import UTC, datetime
from typing import Any

from sodam.cli.answers import Code, complain, show_json, show_rows
from sodam.cli.processes import load_django

DRIFT_COLUMNS = {"code": "시·도", "standard": "표준", "customised": "바꾼 곳", "digest": "지문"}
UPGRADE_COLUMNS = {
    "code": "시·도",
    "adopted": "표준이 된 것",
    "kept": "지킨 것",
    "inherited": "따르는 것",
    "conflict": "고를 것",
}


def run_upgrade(options: argparse.Namespace) -> int:
    """Exit code 5 when a city has to choose first."""
    codes = _cities(options)
    if not codes:
        return complain("--city CODE나 --all이 필요합니다.", code=Code.USAGE)
    rows = [_upgraded(code, options) for code in codes]
    _show(rows, options)
    waiting = [row["code"] for row in rows if row["conflict"] and not options.take]
    if waiting:
        words = f"고를 것이 있는 시·도: {', '.join(waiting)} (--take mine|standard)"
        return complain(words, code=Code.OK if options.dry_run else Code.CONFLICT)
    return Code.OK


def _upgraded(code: str, options: argparse.Namespace) -> dict[str, Any]:
    from customization.public import Choice, dotted, upgrade, upgrade_plan
    from tenants.context import serving_city

    with serving_city(code):
        plan = upgrade_plan(options.to)
        paths = [one.operation.path for one in plan.conflicts]
        if not options.dry_run and (options.take or not paths):
            choices = {path: Choice(options.take) for path in paths}
            upgrade(options.to, now=datetime.now(UTC), actor=None, choices=choices)
    return {
        "code": code,
        "adopted": len(plan.adopted),
        "kept": len(plan.kept),
        "inherited": len(plan.inherited),
        "conflict": [dotted(path) for path in paths],
    }


def run_drift(options: argparse.Namespace) -> int:
    codes = _cities(options)
    if not codes:
        return complain("--city CODE나 --all이 필요합니다.", code=Code.USAGE)
    show_rows([_drifted(code) for code in codes], columns=DRIFT_COLUMNS, form=options.format)
    return Code.OK


def _drifted(code: str) -> dict[str, Any]:
    from customization.public import dotted, in_force
    from tenants.context import serving_city

    with serving_city(code):
        found = in_force()
    return {
        "code": code,
        "standard": found.standard_version,
        "customised": [dotted(one.path) for one in found.operations],
        "digest": found.digest,
    }


def _show(rows: list[dict[str, Any]], options: argparse.Namespace) -> None:
    if options.format == "json":
        show_json({"to": options.to, "cities": rows})
        return
    counted = [{**row, "conflict": len(row["conflict"])} for row in rows]
    show_rows(counted, columns=UPGRADE_COLUMNS, form="table")


def _cities(options: argparse.Namespace) -> list[str]:
    load_django()
    from tenants.context import open_city_codes

    return open_city_codes() if options.all else [options.city] if options.city else []
