"""`sodam platform prepare`: roles, extensions, shared tables and every city's migrations."""

import argparse

from sodam.cli.answers import Code, say
from sodam.cli.processes import as_owner, is_owner, load_django

NEEDED = "prepare"


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Used by `sodam up` and by the chart's migrate job."""
    noun = nouns.add_parser("platform", help="공통 데이터베이스 준비와 전체 이행")
    verbs = noun.add_subparsers(metavar="동작", required=True)
    verbs.add_parser(NEEDED, help="역할·확장·공통 표를 만들고 모든 시·도를 이행").set_defaults(
        run=_prepare
    )


def _prepare(_options: argparse.Namespace) -> int:
    if not is_owner():
        return as_owner(["platform", NEEDED])
    load_django()
    from tenants.provisioning.cities import city_migrate_all
    from tenants.provisioning.platform import prepare_platform

    prepare_platform(progress=lambda words: say(f"  {words}"))
    city_migrate_all(progress=lambda code: say(f"  {code}"))
    return Code.OK
