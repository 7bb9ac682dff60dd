"""`sodam city open`: a government from nothing to a city in trial, step by step; safe to repeat."""

import argparse
from datetime import UTC, datetime
from typing import Any

from sodam.cli.answers import Code, complain, formats, say, show_facts, show_json
from sodam.cli.operations import at_the_terminal, carry_out
from sodam.cli.platform import PLUGIN_HELP, plugin_for
from sodam.cli.processes import load_django

SHOWN_ONCE = ("invitation_url",)


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """city open CODE [--plugin P] [--admin MAIL] [--host H …] [--standard V] [--format json]"""
    verb = verbs.add_parser("open", help="새 시·도를 시험 운영으로 연다 (다시 해도 안전하다)")
    verb.add_argument("code", nargs="?", metavar="CODE", help="시·도 코드")
    verb.add_argument("--city", metavar="CODE", help="시·도 코드")
    verb.add_argument("--plugin", default="", help=PLUGIN_HELP)
    verb.add_argument("--admin", default="", metavar="MAIL", help="첫 관리자의 전자우편")
    verb.add_argument("--admin-name", default="", metavar="NAME", help="첫 관리자의 이름")
    verb.add_argument("--host", action="append", default=[], help="주소 (여러 번, 첫째가 대표)")
    verb.add_argument("--standard", default="", metavar="V", help="표준 판 (예: 1.1)")
    formats(verb)
    verb.set_defaults(run=_open, verb="open")


def _open(options: argparse.Namespace) -> int:
    code = options.code or options.city
    if not code:
        return complain("시·도 코드가 필요합니다. 예: sodam city open sejong", code=Code.USAGE)
    load_django()
    from tenants.errors import CityAlreadyOpen
    from tenants.provisioning.opening import opening_ask

    now = datetime.now(UTC)
    try:
        asked = opening_ask(code, _arguments(options, code), by=at_the_terminal(), now=now)
    except CityAlreadyOpen as there:
        say(f"{there} 아무것도 바꾸지 않았습니다.")
        _show_opened(code, form=options.format)
        return Code.OK
    return carry_out(asked, form=options.format, take=SHOWN_ONCE)


def _arguments(options: argparse.Namespace, code: str) -> dict[str, Any]:
    return {
        "hosts": options.host,
        "plugin": plugin_for(code, options.plugin),
        "standard_version": options.standard,
        "admin_email": options.admin,
        "admin_name": options.admin_name,
    }


def _show_opened(code: str, *, form: str) -> None:
    """By which operation it was opened; the demo world's cities by none."""
    from sodam.cli.operations import as_json
    from tenants.provisioning.opening import opening_done

    done = opening_done(code)
    bare = {"operation": None, "kind": "open", "code": code, "state": "done", "seconds": None}
    facts = as_json(done) if done else {**bare, "steps": [], "result": {}, "problem": ""}
    if form == "json":
        show_json(facts)
    else:
        show_facts({"code": code, "operation": facts["operation"]}, form=form)
