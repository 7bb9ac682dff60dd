"""`sodam audit verify`: are the audit and the access log what was sealed?"""

import argparse
from typing import Any

from sodam.cli.answers import Code, complain, formats, one_city, show_facts
from sodam.cli.processes import load_django


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """audit verify --city C [--format json]"""
    noun = nouns.add_parser("audit", help="감사 기록과 접속기록")
    verbs = noun.add_subparsers(metavar="동작", required=True)
    command = verbs.add_parser("verify", help="봉인된 기록이 한 글자도 바뀌지 않았는지 본다")
    one_city(command)
    formats(command)
    command.set_defaults(run=_verify)


def _verify(options: argparse.Namespace) -> int:
    """Exit code 1 when a chain is broken."""
    load_django()
    from core_crm.audit.services import audit_verify, log_verify
    from tenants.context import serving_city

    with serving_city(options.city):
        found = {"audit": audit_verify(), "access_log": log_verify()}
    broken: dict[str, Any] = {
        f"{name}_broken_at": one.number if one else None for name, one in found.items()
    }
    is_whole = not any(found.values())
    show_facts({"city": options.city, "is_whole": is_whole, **broken}, form=options.format)
    if is_whole:
        return Code.OK
    return complain("봉인된 기록이 바뀌었습니다.", code=Code.FAILURE)
