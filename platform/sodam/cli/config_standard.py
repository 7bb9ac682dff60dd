"""`sodam config upgrade|drift`: cities and the standard."""

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sodam.cli.answers import Code, complain, show_json, show_rows
from sodam.cli.config_shown import problem_rows
from sodam.cli.processes import load_django

if TYPE_CHECKING:
    from customization.public import UpgradeLook

DRIFT_COLUMNS = {
    "code": "시·도",
    "standard": "표준",
    "manifest": "판",
    "customised": "바꾼 곳",
    "added": "더한 곳",
    "removed": "뺀 곳",
    "by_plugin": "플러그인",
    "conflicting": "부딪히는 곳",
    "digest": "지문",
}
UPGRADE_COLUMNS = {
    "code": "시·도",
    "from": "지금",
    "state": "상태",
    "adopted": "표준이 된 것",
    "kept": "지킨 것",
    "inherited": "따르는 것",
    "conflict": "고를 것",
    "problems": "고칠 것",
}
LISTS = ("adopted", "kept", "inherited", "conflict", "problems")


def run_upgrade(options: argparse.Namespace) -> int:
    """Exit code 5 when a city has to choose or to mend something first; the others have moved."""
    codes = _cities(options)
    if not codes:
        return complain("--city CODE나 --all이 필요합니다.", code=Code.USAGE)
    rows = [_upgraded(code, options) for code in codes]
    _show_upgrade(rows, options)
    waiting = [row["code"] for row in rows if row["state"] in ("conflict", "not_valid")]
    if waiting:
        words = f"먼저 고르거나 고칠 것이 있는 시·도: {', '.join(waiting)} (--take mine|standard)"
        return complain(words, code=Code.OK if options.dry_run else Code.CONFLICT)
    return Code.OK


def _upgraded(code: str, options: argparse.Namespace) -> dict[str, Any]:
    from customization.public import Choice, upgrade, upgrade_look
    from tenants.context import serving_city
    from tenants.errors import DomainError

    with serving_city(code):
        look = upgrade_look(options.to)
        row = _upgrade_row(code, look)
        if options.dry_run or not (look.state == "ready" or _may_take(look, options)):
            return row
        choices = {one.operation.path: Choice(options.take) for one in look.plan.conflicts}
        try:
            upgrade(options.to, now=datetime.now(UTC), actor=None, choices=choices)
        except DomainError as refused:
            return {**row, "state": "not_valid", "refused": refused.message}
    return {**row, "state": "upgraded"}


def _may_take(look: "UpgradeLook", options: argparse.Namespace) -> bool:
    return bool(look.state == "conflict" and options.take)


def _upgrade_row(code: str, look: "UpgradeLook") -> dict[str, Any]:
    plan = look.plan
    return {
        "code": code,
        "from": look.before.standard_version,
        "state": look.state.value,
        "adopted": [_dotted(one.path) for one in plan.adopted],
        "kept": [_dotted(one.path) for one in plan.kept],
        "inherited": [_dotted(one.path) for one in plan.inherited],
        "conflict": [
            {
                "path": _dotted(one.operation.path),
                "base": _plain(one.base),
                "new": _plain(one.new),
                "mine": _plain(one.mine),
            }
            for one in plan.conflicts
        ],
        "problems": problem_rows(look.problems),
    }


def _show_upgrade(rows: list[dict[str, Any]], options: argparse.Namespace) -> None:
    if options.format == "json":
        show_json({"to": options.to, "dry_run": options.dry_run, "cities": rows})
        return
    show_rows([_counted(row, LISTS) for row in rows], columns=UPGRADE_COLUMNS, form="table")


def run_drift(options: argparse.Namespace) -> int:
    """How far each city went from its standard, and where the newest release says otherwise."""
    codes = _cities(options)
    if not codes:
        return complain("--city CODE나 --all이 필요합니다.", code=Code.USAGE)
    rows = [_drifted(code) for code in codes]
    if options.format == "table":
        rows = [_counted(row, (*LISTS, *DRIFT_COLUMNS)) for row in rows]
    show_rows(rows, columns=DRIFT_COLUMNS, form=options.format)
    return Code.OK


def _drifted(code: str) -> dict[str, Any]:
    from customization.public import drift_of_city, in_force
    from tenants.context import serving_city

    with serving_city(code):
        found = in_force()
        drift = drift_of_city(found=found)
    return {
        "code": code,
        "standard": found.standard_version,
        "manifest": found.number,
        "customised": [_dotted(one.path) for one in drift.customised],
        "added": [_dotted(one.path) for one in drift.added],
        "removed": [_dotted(one.path) for one in drift.removed],
        "by_plugin": [_dotted(path) for path in drift.by_plugin],
        "conflicting": [_dotted(one.operation.path) for one in drift.conflicting],
        "digest": found.digest,
    }


def _counted(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Lists as their lengths, for people."""
    return {
        name: len(value) if name in names and isinstance(value, list) else value
        for name, value in row.items()
    }


def _dotted(path: tuple[str, ...]) -> str:
    from customization.public import dotted

    return dotted(path)


def _plain(value: Any) -> Any:
    """A value for JSON; None where there is nothing."""
    from customization.public import ABSENT

    return None if value is ABSENT else value


def _cities(options: argparse.Namespace) -> list[str]:
    load_django()
    from tenants.context import open_city_codes

    return list(open_city_codes()) if options.all else [options.city] if options.city else []
