"""`sodam city …`: list, open, show, suspend, migrate, verify."""

import argparse
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from sodam.cli import city_migrate, city_verify
from sodam.cli.answers import Code, complain, formats, say, show_facts, show_rows
from sodam.cli.platform import PLUGIN_HELP
from sodam.cli.processes import as_owner, is_owner, load_django

if TYPE_CHECKING:
    from tenants.selectors import CityRow

COLUMNS = {
    "code": "코드",
    "name": "이름",
    "status": "상태",
    "standard_version": "표준",
    "plugin": "플러그인",
}


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The verbs, each with --city CODE or the code alone."""
    verbs = nouns.add_parser("city", help="시·도").add_subparsers(metavar="동작", required=True)
    listing = verbs.add_parser("list", help="모든 시·도와 상태")
    formats(listing)
    listing.set_defaults(run=_list)
    for name, run, words in (
        ("open", _open, "새 시·도를 연다 (다시 해도 안전하다)"),
        ("show", _show, "한 시·도를 보인다"),
        ("suspend", _suspend, "공개를 멈춘다"),
    ):
        verb = verbs.add_parser(name, help=words)
        verb.add_argument("code", nargs="?", metavar="CODE", help="시·도 코드")
        verb.add_argument("--city", metavar="CODE", help="시·도 코드")
        formats(verb)
        verb.set_defaults(run=run, verb=name)
    city_migrate.add(verbs)
    city_verify.add(verbs)
    verbs.choices["open"].add_argument("--plugin", default="", help=PLUGIN_HELP)
    verbs.choices["suspend"].add_argument("--resume", action="store_true", help="다시 공개한다")


def _list(options: argparse.Namespace) -> int:
    load_django()
    show_rows([_facts(row) for row in _rows()], columns=COLUMNS, form=options.format)
    return Code.OK


def _show(options: argparse.Namespace) -> int:
    load_django()
    from tenants.context import serving_platform
    from tenants.selectors import city_get

    with serving_platform():
        row = city_get(_code(options), on=_today())
    show_facts({**asdict(row), "name": row.name_ko}, form=options.format)
    return Code.OK


def _open(options: argparse.Namespace) -> int:
    """Tables by the owner; then the city's own role fills them, in this serving process."""
    code = _code(options)
    done = as_owner(["platform", "open", code, "--plugin", options.plugin])
    if done != Code.OK:
        return done
    load_django()
    from tenants.provisioning import run_steps

    run_steps(code, progress=_progress)
    return _show(options)


def _suspend(options: argparse.Namespace) -> int:
    code = _code(options)
    if not is_owner():
        again = ["--resume"] if options.resume else []
        done = as_owner(["city", "suspend", code, *again])
        return done or _show(options)
    load_django()
    from tenants.provisioning.cities import city_suspend

    city_suspend(code, suspended=not options.resume)
    return Code.OK


def _rows() -> "list[CityRow]":
    from tenants.context import serving_platform
    from tenants.selectors import city_list

    if is_owner():
        return city_list(on=_today())
    with serving_platform():
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


def _progress(words: str) -> None:
    say(f"  {words}")
