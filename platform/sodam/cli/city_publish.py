"""`sodam city publish CODE`: open a city to the public, or say what is missing."""

import argparse
from typing import TYPE_CHECKING, Any

from sodam.cli.answers import Code, complain, formats, show_facts, show_rows
from sodam.cli.processes import load_django

if TYPE_CHECKING:
    from sodam.studio.preflight import Check

COLUMNS = {"code": "점검", "word": "무엇", "state": "상태", "told": "내용"}


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`publish CODE`; --dry-run only looks."""
    verb = verbs.add_parser("publish", help="시민에게 연다 (없는 것이 있으면 알리고 그만둔다)")
    verb.add_argument("code", metavar="CODE", help="시·도 코드")
    verb.add_argument("--dry-run", action="store_true", help="점검만 한다")
    formats(verb)
    verb.set_defaults(run=_publish)


def _publish(options: argparse.Namespace) -> int:
    """Exit code 3 while something is missing; a city that is public already stays so."""
    load_django()
    from django.utils import timezone

    from sodam.studio.preflight import missing, preflight
    from sodam.studio.public import city_open_to_public
    from tenants.context import current_city, serving_city
    from tenants.directory import by_code

    now = timezone.now()
    with serving_city(options.code):
        checks = preflight(now=now)
        is_ready = not missing(checks)
        if is_ready and not options.dry_run and current_city().is_trial:
            city_open_to_public(checks, by=None, now=now)
    is_public = not by_code(options.code).is_trial
    _show(options, checks, is_ready=is_ready, is_public=is_public)
    if is_ready:
        return Code.OK
    return complain("없는 것이 있어 공개하지 않았습니다.", code=Code.INVALID)


def _show(
    options: argparse.Namespace, checks: "tuple[Check, ...]", *, is_ready: bool, is_public: bool
) -> None:
    lines = [{name: getattr(one, name) for name in COLUMNS} for one in checks]
    if options.format == "table":
        show_rows(lines, columns=COLUMNS, form="table")
        return
    facts: dict[str, Any] = {"code": options.code, "is_public": is_public, "is_ready": is_ready}
    show_facts({**facts, "checks": lines}, form="json")
