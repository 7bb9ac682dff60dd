"""`sodam import citizens|organisations|undo`: lists of customers, to their end in this process."""

from __future__ import annotations

import argparse
import time
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sodam.cli.answers import Code, complain, formats, one_city, say, show_facts
from sodam.cli.processes import load_django

HELP = {
    "citizens": "시민 명단 (CSV, XLSX, JSON): 이름과 연락처가 같으면 같은 사람",
    "organisations": "법인·단체 명단 (CSV, XLSX, JSON)",
}
ENCODINGS = ("auto", "utf-8", "cp949", "utf-16")
POLICIES = ("fill", "overwrite", "skip")
COUNTS = ("rows", "created", "updated", "skipped", "refused")
SECONDS, WAIT_SECONDS = 2.0, 0.2
MOVING = ("waiting", "running", "undoing")
NOBODY = UUID(int=0)
"""Who works at the command line of the machine is no official."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """import citizens|organisations --city C FILE [--dry-run] [--map 열=field] …; import undo ID"""
    for verb, words in HELP.items():
        _add_list(verbs.add_parser(verb, help=words), verb)
    undo = verbs.add_parser("undo", help="일괄 등록 하나를 되돌린다 (그 뒤에 쓰인 것은 남긴다)")
    undo.add_argument("batch", type=UUID, metavar="ID", help="일괄 등록의 번호")
    undo.add_argument("--city", default="", metavar="CODE", help="시·도 코드 (없으면 찾는다)")
    undo.add_argument("--dry-run", action="store_true", help="어떻게 될지만 보인다")
    formats(undo)
    undo.set_defaults(run=_undo)


def _add_list(command: argparse.ArgumentParser, verb: str) -> None:
    one_city(command)
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument("--dry-run", action="store_true", help="점검만 한다 (첫 20,000행)")
    command.add_argument(
        "--map", action="append", default=[], metavar="열=field", help="열과 항목 (여러 번)"
    )
    command.add_argument("--encoding", choices=ENCODINGS, default="auto")
    command.add_argument("--source", default="", help="출처 (기본: 파일 이름)")
    command.add_argument(
        "--policy", choices=POLICIES, default="fill", help="이미 있으면: 빈 항목만, 바꾸기, 그대로"
    )
    command.add_argument("--acquired", default="", metavar="NAME", help="입수명단을 만들어 넣는다")
    command.add_argument("--basis", default="", help="법적 근거 (입수명단에는 꼭)")
    command.add_argument("--purpose", default="", help="입수명단을 쓰는 목적")
    command.add_argument("--expires", type=date.fromisoformat, metavar="DAY", help="쓰는 마지막 날")
    formats(command)
    command.set_defaults(run=_import, kind=verb)


def _import(options: argparse.Namespace) -> int:
    if not options.file.is_file():
        return complain(f"파일이 없습니다: {options.file}", code=Code.NOT_FOUND)
    wrong = [pair for pair in options.map if "=" not in pair]
    if wrong:
        return complain(f"--map은 열=field로 씁니다: {wrong[0]}", code=Code.USAGE)
    if options.acquired and not (options.basis and options.expires):
        return complain("--acquired에는 --basis와 --expires가 있어야 합니다.", code=Code.USAGE)
    load_django()
    from tenants.context import serving_city

    with serving_city(options.city):
        return _taken(options, datetime.now(UTC))


def _taken(options: argparse.Namespace, now: datetime) -> int:
    from core_crm.imports.services import batch_cancel, batch_map

    batch = _opened(options, now)
    try:
        batch_map(batch, _mapping(batch, options.map))
        if options.dry_run:
            return _planned(batch, options, now)
        return _run(batch, options, now)
    finally:
        with suppress(Exception):
            batch.refresh_from_db()
            if batch.state in ("draft", "planned"):
                batch_cancel(batch, by=None, now=now)


def _opened(options: argparse.Namespace, now: datetime) -> Any:
    from django.core.files.base import File

    from core_crm.imports.services import batch_open
    from core_crm.imports.types import ImportOptions, MatchPolicy

    told = ImportOptions(
        source=options.source or options.file.name,
        basis=options.basis,
        policy=MatchPolicy(options.policy),
        encoding=options.encoding,
        acquired_list_id=None if options.dry_run else _acquired(options, now),
    )
    with options.file.open("rb") as opened:
        return batch_open(options.kind, File(opened, options.file.name), told, by=None, now=now)


def _acquired(options: argparse.Namespace, now: datetime) -> UUID | None:
    """The list that the file is, written down with its basis and its last day."""
    if not options.acquired:
        return None
    from django.utils.timezone import localdate

    from core_crm.audit.types import Actor
    from core_crm.customers.services.acquired import acquired_list_register

    made = acquired_list_register(
        name=options.acquired,
        kind=options.kind,
        source=options.source or options.file.name,
        received_on=localdate(now),
        basis=options.basis,
        purpose=options.purpose or options.acquired,
        expires_on=options.expires,
        by=Actor(NOBODY, "sodam import", origin="cli"),
        now=now,
    )
    return UUID(str(made.pk))


def _mapping(batch: Any, given: list[str]) -> dict[str, str]:
    """As suggested, and as given; a field that was given leaves the column it was suggested for."""
    from core_crm.imports.services import batch_look

    wanted = dict(pair.split("=", 1) for pair in given)
    looks = batch_look(batch).columns
    mapping = {look.name: look.field for look in looks if look.field not in wanted.values()}
    for look in looks:
        shown = wanted.get(look.name, mapping.get(look.name, ""))
        say(f"  {look.name} → {shown or '(쓰지 않음)'}")
    return mapping | wanted


def _planned(batch: Any, options: argparse.Namespace, now: datetime) -> int:
    from core_crm.imports.services import batch_plan

    plan = batch_plan(batch, now=now)
    for problem in plan.problems:
        say(f"  {problem.row}번째 줄 ‘{problem.column}’ 열: {problem.reason}")
    if not plan.is_whole:
        say(f"첫 {plan.rows:,}행만 점검했습니다.")
    show_facts(_counts(plan) | {"errors_file": None}, form=options.format)
    return Code.PARTIAL if plan.refused else Code.OK


def _run(batch: Any, options: argparse.Namespace, now: datetime) -> int:
    from core_crm.imports.services import batch_run

    batch_run(batch, by=None, now=now)
    say(f"일괄 등록 {batch.pk}  (되돌리기: sodam import undo {batch.pk} --city {options.city})")
    done = _worked_off(batch)
    facts = _counts(done) | {"errors_file": done.errors_file or None, "id": str(done.pk)}
    show_facts(facts, form=options.format)
    if done.state != "done":
        return complain("끝까지 들이지 못했습니다. 다시 이어 주세요.", code=Code.FAILURE)
    if not done.refused:
        return Code.OK
    say(f"받지 않은 {done.refused}행은 이유와 함께 {done.errors_file}에 있습니다.")
    return Code.PARTIAL


def _worked_off(batch: Any) -> Any:
    """The batch when nothing moves it any more. A worker may be at it, too: each takes the piece
    it comes to, and who is second waits."""
    from core_crm.imports.selectors import batch_get
    from core_crm.imports.services import batch_work
    from sodam.cli.imports import show_progress

    done = batch_get(batch.pk)
    while str(done.state) in MOVING:
        if not batch_work(done.pk, now=datetime.now(UTC), seconds=SECONDS):
            time.sleep(WAIT_SECONDS)
        done = batch_get(done.pk)
        show_progress(done.rows, max(done.total, done.rows))
    return done


def _counts(told: Any) -> dict[str, Any]:
    return {name: getattr(told, name) for name in COUNTS}


def _undo(options: argparse.Namespace) -> int:
    load_django()
    from tenants.context import serving_city

    for city in [options.city] if options.city else _cities():
        with serving_city(city):
            if options.city or _is_here(options.batch):
                return _taken_back(options)
    return complain("그런 일괄 등록이 없습니다.", code=Code.NOT_FOUND)


def _cities() -> list[str]:
    """Those that are open: the number of an import is in one of them only."""
    from django.utils.timezone import localdate

    from tenants.selectors import city_list
    from tenants.shared import shared_tables

    with shared_tables():
        return [row.code for row in city_list(on=localdate()) if row.opened_on]


def _is_here(batch_id: UUID) -> bool:
    from core_crm.imports.errors import BatchNotFound
    from core_crm.imports.selectors import batch_get

    with suppress(BatchNotFound):
        return bool(batch_get(batch_id))
    return False


def _taken_back(options: argparse.Namespace) -> int:
    from core_crm.imports.selectors import batch_get
    from core_crm.imports.services import batch_undo, undo_plan

    now = datetime.now(UTC)
    batch = batch_get(options.batch)
    plan = undo_plan(batch)
    if not options.dry_run:
        batch_undo(batch, by=None, now=now)
        _worked_off(batch)
    for reason, count in plan.reasons:
        say(f"  {count:,}: {reason}")
    facts = {"removed": plan.removed, "restored": plan.restored, "kept": plan.kept}
    show_facts(facts | {"state": batch_get(batch.pk).state}, form=options.format)
    return Code.OK
