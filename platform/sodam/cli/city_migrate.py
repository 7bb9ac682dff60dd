"""`sodam city migrate`: every city up to date, in rings; run again, it does what is left."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sodam.cli.answers import Code, complain, formats, say, show_json, show_rows
from sodam.cli.processes import as_owner, is_owner, load_django

if TYPE_CHECKING:
    from tenants.provisioning.migrating import CitiesMigrated

COLUMNS = {
    "code": "코드",
    "ring": "차례",
    "state": "결과",
    "version_from": "이전",
    "version_to": "지금",
    "applied": "이행",
    "how": "방법",
    "seconds": "초",
    "lock_waits": "잠금 대기",
    "problem": "까닭",
}
WAITING = {"code": "코드", "ring": "차례", "waits": "밀린 이행", "how": "방법"}


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """city migrate [CODE] [--city C] [--only A,B] [--ring N] [--dry-run] [--sql] [--format json]"""
    verb = verbs.add_parser("migrate", help="이행한다 (코드가 없으면 모두, 0번 차례부터)")
    verb.add_argument("code", nargs="?", metavar="CODE", help="시·도 코드")
    verb.add_argument("--city", metavar="CODE", help="시·도 코드")
    verb.add_argument("--only", metavar="A,B", default="", help="이 시·도들만")
    verb.add_argument("--ring", type=int, metavar="N", help="이 차례만 (0: 먼저 해 보는 곳)")
    verb.add_argument("--dry-run", action="store_true", help="무엇이 밀려 있는지 보기만 한다")
    verb.add_argument("--sql", action="store_true", help="--dry-run과 함께: 실행할 SQL도 보인다")
    formats(verb)
    verb.set_defaults(run=_migrate, verb="migrate")


def _migrate(options: argparse.Namespace) -> int:
    """Exit code 6 when some cities could not be brought up to date, 1 when none could."""
    if not is_owner():
        return as_owner(["city", "migrate", *_again(options)])
    load_django()
    codes = codes_of(options) or None
    if options.dry_run:
        return _look(options, codes)
    from tenants.provisioning.migrating import cities_migrate

    done = cities_migrate(codes, ring=options.ring, progress=lambda words: say(f"  {words}"))
    rows = [asdict(one) for one in done.cities]
    if not rows:
        say("밀린 이행이 없습니다.")
    show_rows(rows, columns=COLUMNS, form=options.format)
    return _judged(done)


def _judged(done: "CitiesMigrated") -> int:
    left = {**done.failed, **done.held}
    if not left:
        return Code.OK
    told = "\n".join(f"{code}: {why}" for code, why in left.items())
    return complain(
        "이행하지 못한 시·도가 있습니다. 이전 판 그대로 일하고 있습니다. "
        f"까닭을 없애고 다시 실행하면 남은 곳만 이행합니다.\n{told}",
        code=Code.PARTIAL if done.applied else Code.FAILURE,
    )


def _look(options: argparse.Namespace, codes: Sequence[str] | None) -> int:
    """What would be done; nothing is."""
    from tenants.provisioning.looking import waiting_migrations

    found = waiting_migrations(codes, ring=options.ring)
    rows: list[dict[str, Any]] = [
        {
            "code": one.code,
            "ring": one.ring,
            "version": one.version,
            "waits": [f"{each.app}.{each.name}" for each in one.waits],
            "how": {f"{each.app}.{each.name}": each.by_django or "sql" for each in one.waits},
        }
        for one in found
    ]
    if options.format == "json":
        show_json(rows)
    else:
        show_rows(rows, columns=WAITING, form="table")
    if options.sql:
        sqls = {f"{each.app}.{each.name}": each.sql for one in found for each in one.waits}
        say("\n".join(f"-- {name}\n{sql}" for name, sql in sqls.items()))
    return Code.OK


def codes_of(options: argparse.Namespace) -> list[str]:
    """The cities that were named, in any of the three ways."""
    only = [code.strip() for code in options.only.split(",") if code.strip()]
    return [code for code in (options.code, options.city, *only) if code]


def _again(options: argparse.Namespace) -> list[str]:
    codes = codes_of(options)
    given = ["--only", ",".join(codes)] if codes else []
    given += ["--ring", str(options.ring)] if options.ring is not None else []
    given += [
        flag for flag in ("--dry-run", "--sql") if getattr(options, flag[2:].replace("-", "_"))
    ]
    return [*given, "--format", options.format]
