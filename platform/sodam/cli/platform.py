"""`sodam platform …`: roles, extensions, shared tables and every city's migrations."""

import argparse
from datetime import UTC, datetime

from sodam.cli.answers import Code, complain, say
from sodam.cli.processes import as_owner, is_owner, load_django

NO_PLUGIN = "none"
PLUGIN_HELP = f"켤 플러그인 (안 쓰면 그 시·도의 것, {NO_PLUGIN}이면 없음)"


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """prepare: used by `sodam up` and the chart's migrate job. check: does anything wait?"""
    noun = nouns.add_parser("platform", help="공통 데이터베이스 준비와 전체 이행")
    verbs = noun.add_subparsers(metavar="동작", required=True)
    for name, run, words in (
        ("prepare", _prepare, "역할·확장·공통 표를 만들고 모든 시·도를 이행"),
        ("check", _check, "밀린 이행이 있으면 종료 코드 1"),
    ):
        verbs.add_parser(name, help=words).set_defaults(run=run, verb=name)
    opening = verbs.add_parser("open", help="시·도의 역할과 표만 만든다 (채우기는 city open)")
    opening.add_argument("codes", nargs="+", metavar="CODE")
    opening.add_argument("--plugin", default="", help=PLUGIN_HELP)
    opening.set_defaults(run=_open)


def _prepare(_options: argparse.Namespace) -> int:
    if not is_owner():
        return as_owner(["platform", "prepare"])
    load_django()
    from tenants.provisioning.migrating import cities_migrate
    from tenants.provisioning.platform import prepare_platform

    prepare_platform(progress=lambda words: say(f"  {words}"))
    done = cities_migrate(progress=lambda code: say(f"  {code}"))
    left = {**done.failed, **done.held}
    if not left:
        return Code.OK
    told = "\n".join(f"{code}: {why}" for code, why in left.items())
    return complain(f"이행하지 못해 이전 판 그대로인 시·도:\n{told}", code=Code.PARTIAL)


def _open(options: argparse.Namespace) -> int:
    if not is_owner():
        return as_owner(["platform", "open", *options.codes, "--plugin", options.plugin])
    load_django()
    from tenants.provisioning.cities import city_open

    for code in options.codes:
        city_open(
            code,
            now=datetime.now(UTC),
            plugin=plugin_for(code, options.plugin),
            progress=lambda words, code=code: say(f"  {code}: {words}"),
        )
    return Code.OK


def plugin_for(code: str, wanted: str) -> str:
    """The plugin that was named; else the government's own, if one is shipped or installed."""
    from customization.public import plugin_list

    if wanted:
        return "" if wanted == NO_PLUGIN else wanted
    return code if any(one.plugin.code == code for one in plugin_list()) else ""


def _check(_options: argparse.Namespace) -> int:
    if not is_owner():
        return as_owner(["platform", "check"])
    load_django()
    from tenants.provisioning.applied import cities_behind
    from tenants.provisioning.cities import pending_shared

    shared, cities = pending_shared(), cities_behind()
    if not shared and not cities:
        return Code.OK
    told = ", ".join(f"{code} {count}" for code, count in cities.items())
    return complain(f"밀린 이행: 공통 {shared}, {told or '시·도 0'}", code=Code.FAILURE)
