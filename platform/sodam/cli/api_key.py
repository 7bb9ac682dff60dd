"""`sodam api-key create`: a key for another system, shown once."""

import argparse

from sodam.cli.answers import Code, formats, one_city, say, show_facts
from sodam.cli.processes import load_django


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """api-key create --city C --name N --scopes a,b"""
    noun = nouns.add_parser("api-key", help="다른 시스템의 API 키")
    verbs = noun.add_subparsers(metavar="동작", required=True)
    command = verbs.add_parser("create", help="만든다 (키는 한 번만 보인다)")
    one_city(command)
    command.add_argument("--name", required=True, help="어느 시스템의 키인지")
    command.add_argument(
        "--scopes", required=True, metavar="A,B", help="예: voices:read,voices:write"
    )
    formats(command)
    command.set_defaults(run=_create)


def _create(options: argparse.Namespace) -> int:
    load_django()
    from django.utils import timezone

    from core_crm.staff.services import api_key_create
    from tenants.context import serving_city

    scopes = [scope.strip() for scope in options.scopes.split(",") if scope.strip()]
    with serving_city(options.city):
        kept, key = api_key_create(name=options.name, scopes=scopes, now=timezone.now())
        facts = {"id": str(kept.pk), "key": key, "scopes": list(kept.scopes)}
    show_facts(facts, form=options.format)
    say("이 키는 다시 볼 수 없습니다. 지금 안전한 곳에 두십시오.")
    return Code.OK
