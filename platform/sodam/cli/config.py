"""`sodam config …`: a city's documents out and in, what a change would do, and back again."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sodam.cli.answers import Code, complain, formats, one_city, show_facts, show_rows
from sodam.cli.config_files import portable, run_diff, run_validate
from sodam.cli.config_shown import show_manifest, show_plan, verdict
from sodam.cli.config_standard import run_drift, run_upgrade
from sodam.cli.processes import load_django

if TYPE_CHECKING:
    from customization.public import Plan

HISTORY_COLUMNS = {
    "number": "판",
    "effective_from": "적용",
    "standard": "표준",
    "digest": "지문",
    "note": "설명",
}


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """export, validate, diff, plan, import, apply, rollback, history, upgrade, drift"""
    noun = nouns.add_parser("config", help="시·도의 기준 문서")
    verbs = noun.add_subparsers(metavar="동작", required=True)
    _verb(verbs, "export", _export, "지금 쓰는 문서를 YAML로 낸다", form=False)
    check = _verb(verbs, "validate", run_validate, "문서가 옳은지 본다", city=False)
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--city", metavar="CODE", help="없으면 파일이 말하는 표준 위에서 본다")
    other = _verb(verbs, "diff", run_diff, "무엇이 다른지 뜻으로 견준다", city=False)
    other.add_argument("files", type=Path, nargs="*", metavar="FILE")
    other.add_argument("--city", metavar="CODE", help="표준과, 또는 파일과 견줄 시·도")
    for name, run, words in (
        ("plan", _plan, "바꾸면 무엇이 달라지는지 본다"),
        ("import", _import, "변경안으로 올린다 (승인을 기다린다)"),
        ("apply", _apply, "승인받은 사람의 이름으로 적용한다"),
    ):
        verb = _verb(verbs, name, run, words)
        verb.add_argument("file", type=Path, metavar="FILE")
    for name in ("import", "apply"):
        verbs.choices[name].add_argument("--title", default="", help="변경안의 제목")
        verbs.choices[name].add_argument("--by", default="", metavar="EMAIL", help="쓴 사람")
        verbs.choices[name].add_argument("--dry-run", action="store_true", help="보기만 한다")
    verbs.choices["apply"].add_argument("--approved-by", default="", metavar="EMAIL")
    back = _verb(verbs, "rollback", _rollback, "이전 판을 새 판으로 다시 낸다")
    back.add_argument("--to", type=int, required=True, metavar="N", help="판 번호 (0: 표준 그대로)")
    _verb(verbs, "history", _history, "적용된 판들")
    up = _verb(verbs, "upgrade", run_upgrade, "새 표준을 받아들인다", city=False)
    up.add_argument("--city", metavar="CODE")
    up.add_argument("--all", action="store_true", help="열린 모든 시·도")
    up.add_argument("--to", required=True, metavar="VERSION")
    up.add_argument("--dry-run", action="store_true", help="보기만 한다")
    up.add_argument("--take", choices=("mine", "standard"), help="부딪히는 곳에서 고를 것")
    drift = _verb(verbs, "drift", run_drift, "표준과 다른 정도", city=False)
    drift.add_argument("--all", action="store_true", help="열린 모든 시·도")
    drift.add_argument("--city", metavar="CODE")


def _verb(
    verbs: Any, name: str, run: Any, words: str, *, city: bool = True, form: bool = True
) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = verbs.add_parser(name, help=words)
    if city:
        one_city(verb)
    if form:
        formats(verb)
    verb.set_defaults(run=run)
    return verb


def _export(options: argparse.Namespace) -> int:
    load_django()
    from customization.public import exported
    from tenants.context import serving_city

    with serving_city(options.city):
        sys.stdout.write(exported(options.city))
    return Code.OK


def _plan(options: argparse.Namespace) -> int:
    """What would differ, and what it would do to the stored cases and scores."""
    load_django()
    from customization.public import in_force, plan_tree, scores_from, what_if
    from tenants.context import serving_city

    wanted, now = portable(options.file).documents, datetime.now(UTC)
    with serving_city(options.city):
        found = in_force()
        plan = plan_tree(wanted, now_in_force=found)
        can_be_tried = not plan.problems and not plan.is_empty
        impacts = what_if(found.tree, wanted, now=now) if can_be_tried else []
        begins = scores_from(plan.operations, found.tree, now=now)
    show_plan(plan, options.format, impacts=impacts, scores_from=begins)
    return verdict(plan)


def _import(options: argparse.Namespace) -> int:
    if options.dry_run:
        return _plan(options)
    plan = _planned(options)
    if plan.problems or plan.is_empty:
        show_plan(plan, options.format)
        return verdict(plan)
    from tenants.context import serving_city

    with serving_city(options.city):
        change = _submitted(plan, options)
    show_facts(
        {"change": str(change.id), "status": change.status, "is_risky": change.is_risky},
        form=options.format,
    )
    return Code.OK


def _apply(options: argparse.Namespace) -> int:
    plan = _planned(options)
    if options.dry_run or plan.problems or plan.is_empty:
        show_plan(plan, options.format)
        return verdict(plan)
    from django.db import transaction

    from customization.public import change_apply, change_decide
    from tenants.context import serving_city

    now = datetime.now(UTC)
    with serving_city(options.city), transaction.atomic():
        change = _submitted(plan, options)
        approver = _official(options.approved_by or options.by)
        change_decide(change, approve=True, by=approver, actor=_actor(approver), now=now)
        manifest = change_apply(change, actor=_actor(approver), now=now)
    show_manifest(manifest, options.format)
    return Code.OK


def _rollback(options: argparse.Namespace) -> int:
    load_django()
    from customization.public import rollback
    from tenants.context import serving_city

    with serving_city(options.city):
        manifest = rollback(options.to, now=datetime.now(UTC), actor=None)
    show_manifest(manifest, options.format)
    return Code.OK


def _history(options: argparse.Namespace) -> int:
    load_django()
    from customization.public import manifest_list
    from tenants.context import serving_city

    with serving_city(options.city):
        rows = [
            {
                "number": one.number,
                "effective_from": one.effective_from.isoformat(),
                "standard": one.standard_version,
                "digest": one.digest,
                "note": one.note,
            }
            for one in manifest_list()
        ]
    show_rows(rows, columns=HISTORY_COLUMNS, form=options.format)
    return Code.OK


def _planned(options: argparse.Namespace) -> "Plan":
    load_django()
    from customization.public import plan_tree
    from tenants.context import serving_city

    wanted = portable(options.file).documents
    with serving_city(options.city):
        return plan_tree(wanted)


def _submitted(plan: "Plan", options: argparse.Namespace) -> Any:
    from customization.public import change_draft, change_submit

    now, writer = datetime.now(UTC), _official(options.by)
    change = change_draft(
        plan.operations, title=options.title or options.file.name, by=writer, now=now
    )
    return change_submit(change, actor=_actor(writer), now=now)


def _official(email: str) -> Any:
    from core_crm.staff.selectors import official_list

    found = official_list().filter(user__email=email).first() if email else None
    if found is None:
        raise SystemExit(
            complain(f"그런 직원이 없습니다: {email or '(없음)'} (--by EMAIL)", code=Code.NOT_FOUND)
        )
    return found


def _actor(official: Any) -> Any:
    from core_crm.audit.types import Actor

    return Actor(official.id, official.name, origin="cli")
