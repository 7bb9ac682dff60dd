"""`sodam operation …`: long work that only the owner does: list, show, run, retry, cancel."""

import argparse
import sys
from typing import Any
from uuid import UUID

from sodam.cli.answers import Code, complain, formats, show_rows
from sodam.cli.operations import (
    carry_out,
    judged,
    run_or_follow,
    show_operation,
    stdout_for_answers,
    utc_now,
)
from sodam.cli.processes import as_owner, is_owner, load_django

COLUMNS = {
    "id": "작업",
    "kind": "종류",
    "city_code": "시·도",
    "state": "상태",
    "asked_by_name": "요청",
    "asked_at": "요청 일시",
    "problem": "문제",
}


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """list, show, log, run, retry, cancel; step is for the owner's process itself."""
    noun = nouns.add_parser("operation", help="개통·백업·복원처럼 오래 걸리는 작업")
    verbs = noun.add_subparsers(metavar="동작", required=True)
    listing = verbs.add_parser("list", help="작업 목록 (새것부터)")
    listing.add_argument("--city", metavar="CODE", help="시·도 코드")
    listing.add_argument("--limit", type=int, default=50, metavar="N", help="몇 개까지")
    formats(listing)
    listing.set_defaults(run=_list)
    for name, run, words in (
        ("show", _show, "한 작업과 그 단계"),
        ("log", _log, "단계들이 남긴 말"),
        ("run", _run, "하거나, 다른 프로세스가 하고 있으면 끝까지 지켜본다"),
        ("retry", _retry, "실패한 단계부터 다시 한다"),
        ("cancel", _cancel, "지금 단계까지만 하고 되돌린다"),
        ("step", _step, "소유자 프로세스가 부른다: 서비스 쪽 단계들을 한다"),
    ):
        verb = verbs.add_parser(name, help=words)
        verb.add_argument("id", type=UUID, metavar="ID", help="작업의 id")
        formats(verb)
        verb.set_defaults(run=run)


def _list(options: argparse.Namespace) -> int:
    load_django()
    from dataclasses import asdict

    from tenants.provisioning.operations import operation_list

    rows: list[dict[str, Any]] = [
        {**asdict(one), "seconds": one.seconds} for one in operation_list(options.city)
    ]
    show_rows(rows, columns=COLUMNS, form=options.format)
    return Code.OK


def _show(options: argparse.Namespace) -> int:
    load_django()
    from tenants.provisioning.operations import operation_get

    show_operation(operation_get(options.id), form=options.format)
    return Code.OK


def _log(options: argparse.Namespace) -> int:
    load_django()
    from tenants.provisioning.operations import operation_lines

    for line in operation_lines(options.id):
        print(f"{line.at:%Y-%m-%d %H:%M:%S} {line.level:5} {line.step}: {line.words}")
    return Code.OK


def _run(options: argparse.Namespace) -> int:
    if not is_owner():
        return as_owner(["operation", "run", str(options.id)])
    load_django()
    return judged(run_or_follow(options.id))


def _retry(options: argparse.Namespace) -> int:
    load_django()
    from tenants.provisioning.operations import operation_retry

    return carry_out(operation_retry(options.id), form=options.format)


def _cancel(options: argparse.Namespace) -> int:
    load_django()
    from tenants.provisioning.operations import operation_cancel, operation_get

    if not operation_cancel(options.id).is_ended:
        as_owner(["operation", "run", str(options.id)])
    ended = operation_get(options.id)
    show_operation(ended, form=options.format)
    return Code.OK if ended.state == "cancelled" else complain(ended.problem, code=Code.FAILURE)


def _step(options: argparse.Namespace) -> int:
    answers = stdout_for_answers()
    load_django()
    from tenants.provisioning.operations.serving_side import serve_steps

    serve_steps(options.id, names=sys.stdin, out=answers, now=utc_now)
    return Code.OK
