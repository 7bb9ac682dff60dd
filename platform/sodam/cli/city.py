"""`sodam city …`: list, open, show, suspend, migrate, verify."""

import argparse
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from sodam.cli import city_archive, city_migrate, city_open, city_publish, city_verify
from sodam.cli.answers import Code, complain, formats, show_facts, show_rows
from sodam.cli.processes import load_django

if TYPE_CHECKING:
    from tenants.selectors import CityRow

COLUMNS = {
    "code": "코드",
    "name": "이름",
    "status": "상태",
    "standard_version": "표준",
    "plugin": "플러그인",
    "is_trial": "시험 운영",
}


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The verbs, each with --city CODE or the code alone."""
    verbs = nouns.add_parser("city", help="시·도").add_subparsers(metavar="동작", required=True)
    listing = verbs.add_parser("list", help="모든 시·도와 상태")
    formats(listing)
    listing.set_defaults(run=_list)
    for name, run, words in (
        ("show", _show, "한 시·도를 보인다"),
        ("suspend", _suspend, "공개를 멈춘다"),
    ):
        verb = verbs.add_parser(name, help=words)
        verb.add_argument("code", nargs="?", metavar="CODE", help="시·도 코드")
        verb.add_argument("--city", metavar="CODE", help="시·도 코드")
        formats(verb)
        verb.set_defaults(run=run, verb=name)
    city_open.add(verbs)
    city_migrate.add(verbs)
    city_verify.add(verbs)
    city_archive.add(verbs)
    city_publish.add(verbs)
    verbs.choices["suspend"].add_argument("--resume", action="store_true", help="다시 공개한다")


def _list(options: argparse.Namespace) -> int:
    load_django()
    show_rows([_facts(row) for row in _rows()], columns=COLUMNS, form=options.format)
    return Code.OK


def _show(options: argparse.Namespace) -> int:
    load_django()
    from tenants.selectors import city_get
    from tenants.shared import shared_tables

    with shared_tables():
        row = city_get(_code(options), on=_today())
    show_facts({**asdict(row), "name": row.name_ko}, form=options.format)
    return Code.OK


def _suspend(options: argparse.Namespace) -> int:
    load_django()
    from tenants.cities import city_suspend

    city_suspend(_code(options), suspended=not options.resume)
    return _show(options)


def _rows() -> "list[CityRow]":
    from tenants.selectors import city_list
    from tenants.shared import shared_tables

    with shared_tables():
        return city_list(on=_today())


def _facts(row: "CityRow") -> dict[str, Any]:
    return {**asdict(row), "name": row.name_ko}


def _given(options: argparse.Namespace) -> list[str]:
    code = options.code or options.city
    return [code] if code else []


def _code(options: argparse.Namespace) -> str:
    given = _given(options)
    if not given:
        raise SystemExit(complain("시·도 코드가 필요합니다. 예: --city busan", code=Code.USAGE))
    return given[0]


def _today() -> date:
    from django.utils import timezone

    return timezone.localdate()
