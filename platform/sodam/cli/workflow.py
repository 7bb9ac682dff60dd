"""`sodam workflow …`: the workflow in force drawn, and running voices moved to it."""

import argparse
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sodam.cli.answers import Code, complain, formats, one_city, say, show_json, show_rows
from sodam.cli.processes import load_django

if TYPE_CHECKING:
    from core_crm.voices.services import Migration

COLUMNS = {
    "from": "지금 흐름",
    "status": "상태",
    "to_status": "새 상태",
    "voices": "의견",
    "refused": "옮기지 않는 까닭",
    "refs": "접수번호",
}


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """workflow show --city C [--code voice]; workflow migrate --city C [--dry-run] [--by EMAIL]"""
    noun = nouns.add_parser("workflow", help="업무 흐름")
    verbs = noun.add_subparsers(metavar="동작", required=True)
    show = verbs.add_parser("show", help="지금 쓰는 흐름을 Mermaid로 낸다")
    one_city(show)
    show.add_argument("--code", default="voice", help="흐름의 코드 (기본: voice)")
    show.add_argument("--language", choices=("ko", "en"), default="ko")
    show.set_defaults(run=_show)
    migrate = verbs.add_parser("migrate", help="진행 중인 의견을 지금 쓰는 흐름으로 옮긴다")
    one_city(migrate)
    migrate.add_argument("--dry-run", action="store_true", help="보기만 한다")
    migrate.add_argument("--by", default="", metavar="EMAIL", help="옮기는 사람")
    formats(migrate)
    migrate.set_defaults(run=_migrate)


def _show(options: argparse.Namespace) -> int:
    load_django()
    from core_crm.workflows import city_workflow, mermaid
    from tenants.context import serving_city

    with serving_city(options.city):
        sys.stdout.write(mermaid(city_workflow(options.code), options.language))
    return Code.OK


def _migrate(options: argparse.Namespace) -> int:
    load_django()
    from core_crm.voices.services import voices_migrate
    from tenants.context import serving_city

    with serving_city(options.city):
        actor = _actor(options.by) if options.by or not options.dry_run else None
        found = voices_migrate(now=datetime.now(UTC), actor=actor, dry_run=options.dry_run)
        rows = [_row(group) for group in found.groups]
    _tell(found, rows, options)
    return Code.PARTIAL if found.stay or found.left else Code.OK


def _actor(email: str) -> Any:
    """Who moves them, for the audit. Nobody moves cases without a name."""
    from core_crm.audit.types import Actor
    from core_crm.staff.selectors import official_list

    official = official_list().filter(user__email=email).first() if email else None
    if official is None:
        raise SystemExit(
            complain(f"그런 직원이 없습니다: {email or '(없음)'} (--by EMAIL)", code=Code.NOT_FOUND)
        )
    return Actor(official.id, official.name, origin="cli")


def _row(group: Any) -> dict[str, Any]:
    return {
        "from": group.digest,
        "status": group.status,
        "to_status": group.landing.target,
        "voices": group.voices,
        "refused": group.landing.refused,
        "refs": group.refs() if group.landing.refused else [],
    }


def _tell(found: "Migration", rows: list[dict[str, Any]], options: argparse.Namespace) -> None:
    if options.format == "json":
        counts = {"can_move": found.can_move, "stay": found.stay, "moved": found.moved}
        head = {"city": options.city, "dry_run": options.dry_run, "to": found.to_digest}
        show_json({**head, **counts, "left": found.left, "groups": rows})
        return
    short = [{**row, "from": row["from"][:12], "refs": " ".join(row["refs"])} for row in rows]
    show_rows(short, columns=COLUMNS, form="table")
    done = f"옮길 수 있음 {found.can_move}건" if options.dry_run else f"옮김 {found.moved}건"
    say(f"{done}, 그대로 {found.stay}건 · 지금 쓰는 흐름 {found.to_digest[:12]}")
