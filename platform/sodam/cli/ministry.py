"""`sodam ministry attack`: can anything that was hidden from the ministry be computed?"""

import argparse
from dataclasses import asdict
from datetime import UTC, datetime

from sodam.cli.answers import Code, complain, formats, show_facts
from sodam.cli.processes import load_django


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """ministry attack [--format json]"""
    noun = nouns.add_parser("ministry", help="중앙부처에 공개한 수치")
    verbs = noun.add_subparsers(metavar="동작", required=True)
    command = verbs.add_parser(
        "attack", help="공개한 수치에서 숨긴 수치를 되계산해 본다 (하나라도 되면 종료 코드 1)"
    )
    formats(command)
    command.set_defaults(run=_attack)


def _attack(options: argparse.Namespace) -> int:
    """Nothing is written. Exit code 1 when something was recovered, or nothing is published."""
    load_django()
    from core_crm.national_reports.selectors import months
    from core_crm.national_reports.services import national_attack

    if not months():
        words = "공개한 수치가 없습니다. 먼저 집계하십시오: sodam facts refresh --all"
        return complain(words, code=Code.FAILURE)
    found = national_attack(now=datetime.now(UTC))
    show_facts(asdict(found), form=options.format)
    if found.recovered:
        return complain(f"숨긴 수치 {found.recovered}개를 알아냈습니다.", code=Code.FAILURE)
    return Code.OK
