"""`sodam import departments` and `sodam import staff`: lists of the office, as in the studio."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sodam.cli.answers import Code, complain, formats, one_city, say, show_facts
from sodam.cli.processes import load_django

if TYPE_CHECKING:
    from core_crm.staff.services import Outlook

KINDS = {"departments": "organisation", "staff": "people"}
HELP = {
    "departments": "국·과·팀 (CSV, XLSX): 새로, 이름 바꿈, 옮김, 끝냄",
    "staff": "직원 (CSV, XLSX): 새 직원은 초대 링크를 받는다",
}


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """import departments|staff --city C FILE [--dry-run] [--whole] [--on DAY] [--heir OLD=NEW]"""
    for verb, words in HELP.items():
        command = verbs.add_parser(verb, help=words)
        one_city(command)
        command.add_argument("file", type=Path, metavar="FILE")
        command.add_argument("--dry-run", action="store_true", help="달라질 것만 보인다")
        formats(command)
        command.set_defaults(run=_import, verb=verb, whole=False, on=None, heir=[])
        if verb == "departments":
            command.add_argument(
                "--whole", action="store_true", help="전체 조직표: 없는 부서는 끝난다"
            )
            command.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="시행일")
            command.add_argument(
                "--heir",
                action="append",
                metavar="OLD=NEW",
                help="끝나는 부서의 사람과 업무를 넘겨받을 부서 (여러 번)",
            )


def _import(options: argparse.Namespace) -> int:
    if not options.file.is_file():
        return complain(f"파일이 없습니다: {options.file}", code=Code.NOT_FOUND)
    wrong = [pair for pair in options.heir or [] if "=" not in pair]
    if wrong:
        return complain(f"--heir는 끝날부서=받을부서로 씁니다: {wrong[0]}", code=Code.USAGE)
    load_django()
    from tenants.context import serving_city

    with serving_city(options.city):
        return _imported(options)


def _imported(options: argparse.Namespace) -> int:
    """One transaction; of a dry run, or of a list that cannot be read, nothing is kept."""
    from django.db import transaction

    from core_crm.staff.services import plan_apply, plan_arrange, plan_outlook, plan_read
    from core_crm.staff.types import PlanKind

    now = datetime.now(UTC)
    with transaction.atomic():
        plan = plan_read(
            options.file.read_bytes(),
            kind=PlanKind(KINDS[options.verb]),
            title=options.file.name,
            is_whole=options.whole,
            effective_on=options.on,
            now=now,
        )
        heirs = dict(pair.split("=", 1) for pair in options.heir or [])
        plan = plan_arrange(plan, heirs=heirs)
        outlook = plan_outlook(plan)
        if outlook.missing:
            transaction.set_rollback(True)
            names = ", ".join(outlook.missing)
            return complain(f"열을 찾을 수 없습니다: {names}", code=Code.INVALID)
        if options.dry_run or outlook.counts.skipped == len(outlook.lines):
            transaction.set_rollback(True)
            return _shown(outlook, errors_file=None, form=options.format)
        applied = plan_apply(plan, now=now)
        _mail(applied.invitations, now=now)
    if applied.result is None:
        say(f"{options.on}에 적용합니다.")
        return _shown(outlook, errors_file=None, form=options.format)
    return _shown(outlook, errors_file=applied.result.errors_file, form=options.format)


def _mail(invitations: Any, *, now: datetime) -> None:
    """Letters where they can leave; else the links are told here, once."""
    from core_crm.messaging.services.invitations import invitation_mail

    for one in invitations:
        if not invitation_mail(one, now=now):
            say(f"  {one.email}  {one.url}")


def _shown(outlook: Outlook, *, errors_file: str | None, form: str) -> int:
    """The four counts of every import; what ends because the list does not name it is told."""
    for line in outlook.lines:
        for problem in line.problems:
            say(f"  {line.line}번째 줄: {problem.text}")
    counts = outlook.counts
    unlisted = sum(not line.line for line in outlook.lines)
    if unlisted:
        say(f"목록에 없어 끝나는 부서가 {unlisted}곳입니다.")
    facts = {
        "rows": counts.rows,
        "created": counts.created,
        "updated": counts.updated,
        "skipped": counts.skipped,
        "refused": counts.refused,
        "errors_file": errors_file,
    }
    show_facts(facts, form=form)
    return Code.PARTIAL if counts.refused else Code.OK
