"""`sodam plugin …`: write one, try it out, see which there are, turn one on or off in a city."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sodam.cli.answers import Code, complain, formats, one_city, say, show_facts, show_rows
from sodam.cli.processes import load_django

if TYPE_CHECKING:
    from customization.public import PluginPlan

SEOUL = ZoneInfo("Asia/Seoul")

LIST_COLUMNS = {
    "code": "코드",
    "name": "이름",
    "version": "판",
    "status": "상태",
    "enabled_in": "켠 시·도",
    "reason": "까닭",
}
CHECK_COLUMNS = {"kept": "", "rule": "약속", "wrong": "어긋난 것"}


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """new, check, list, enable, disable"""
    noun = nouns.add_parser("plugin", help="시·도가 코드로 다르게 하는 것")
    verbs = noun.add_subparsers(metavar="동작", required=True)
    new = verbs.add_parser("new", help="본보기에서 새 플러그인을 쓴다")
    new.add_argument("code", metavar="CODE")
    new.add_argument("folder", type=Path, metavar="DIR")
    new.set_defaults(run=_new)
    check = verbs.add_parser("check", help="약속을 지키는지 시험한다 (데이터베이스 없이)")
    check.add_argument("wanted", metavar="DIR|CODE")
    formats(check)
    check.set_defaults(run=_check)
    listing = verbs.add_parser("list", help="16개 시·도의 것과 설치된 것, 빼 둔 것")
    formats(listing)
    listing.set_defaults(run=_list)
    for name, run, words in (("enable", _enable, "켠다"), ("disable", _disable, "끈다")):
        verb = verbs.add_parser(name, help=f"한 시·도에서 {words}")
        verb.add_argument("code", metavar="CODE")
        one_city(verb)
        formats(verb)
        verb.add_argument("--dry-run", action="store_true", help="무엇이 달라지는지 보기만 한다")
        verb.set_defaults(run=run)
    verbs.choices["enable"].add_argument(
        "--config", default="", metavar="JSON", help="설정 (예: '{\"visit_within_days\": 3}')"
    )


def _new(options: argparse.Namespace) -> int:
    load_django()
    from customization.public import plugin_write

    written = plugin_write(options.code, options.folder)
    for path in written:
        print(path)
    say(f"다음: `sodam plugin check {options.folder}`")
    return Code.OK


def _check(options: argparse.Namespace) -> int:
    load_django()
    from customization.public import place_of, plugin_check

    place = place_of(options.wanted)
    found = plugin_check(place.candidate, folder=place.folder, package=place.package)
    rows = [{"kept": one.is_kept, "rule": one.rule, "wrong": one.wrong} for one in found]
    if options.format == "table":
        rows = [{**row, "kept": "✓" if row["kept"] else "✗"} for row in rows]
    show_rows(rows, columns=CHECK_COLUMNS, form=options.format)
    broken = [one for one in found if not one.is_kept]
    if broken:
        return complain(f"지키지 않은 약속이 {len(broken)}개입니다.", code=Code.INVALID)
    say(f"약속 {len(found)}개를 모두 지킵니다.")
    return Code.OK


def _list(options: argparse.Namespace) -> int:
    load_django()
    from customization.public import plugin_overview

    rows = [asdict(one) for one in plugin_overview(on=datetime.now(SEOUL).date())]
    if options.format == "table":
        rows = [{**row, "enabled_in": ", ".join(row["enabled_in"])} for row in rows]
    show_rows(rows, columns=LIST_COLUMNS, form=options.format)
    return Code.OK


def _enable(options: argparse.Namespace) -> int:
    load_django()
    from customization.public import enable_plan, plugin_enable
    from tenants.context import serving_city

    config = _config(options.config)
    with serving_city(options.city):
        if options.dry_run:
            return _show(enable_plan(options.code, config=config), options.format)
        made = plugin_enable(options.code, actor=None, now=datetime.now(UTC), config=config)
    show_facts(_facts(made), form=options.format)
    return Code.OK


def _disable(options: argparse.Namespace) -> int:
    load_django()
    from customization.public import disable_plan, plugin_disable
    from tenants.context import serving_city

    with serving_city(options.city):
        if options.dry_run:
            return _show(disable_plan(options.code), options.format)
        made = plugin_disable(options.code, actor=None, now=datetime.now(UTC))
    show_facts(_facts(made), form=options.format)
    return Code.OK


def _config(given: str) -> dict[str, Any] | None:
    if not given:
        return None
    try:
        config = json.loads(given)
    except json.JSONDecodeError as refused:
        sentence = f"--config가 JSON이 아닙니다: {refused}"
        raise SystemExit(complain(sentence, code=Code.INVALID)) from None
    if not isinstance(config, dict):
        raise SystemExit(complain("--config는 {…} 꼴이어야 합니다.", code=Code.INVALID))
    return config


def _show(plan: "PluginPlan", form: str) -> int:
    facts = {
        "plugin": plan.code,
        "turns_on": plan.turns_on,
        "changes": list(_changes(plan)),
        "problems": [str(one) for one in plan.problems],
        "is_risky": plan.is_risky,
        "digest_before": plan.digest_before,
        "digest_after": plan.digest_after,
    }
    show_facts(facts, form=form)
    return Code.INVALID if plan.problems else Code.OK


def _changes(plan: "PluginPlan") -> Iterator[str]:
    from customization.public import dotted

    for one in plan.operations:
        yield f"{one.op} {dotted(one.path)}"


def _facts(manifest: Any) -> dict[str, Any]:
    return {
        "manifest": manifest.number,
        "digest": manifest.digest,
        "plugins": [one["code"] for one in manifest.plugins],
        "note": manifest.note,
    }
