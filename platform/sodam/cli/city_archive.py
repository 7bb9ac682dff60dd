"""`sodam city backup|restore|compare|switch|export|close`: a city as a file, and its leaving."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sodam.cli.answers import Code, complain, formats, say, show_json, show_rows
from sodam.cli.operations import at_the_terminal, carry_out
from sodam.cli.processes import as_owner, is_owner, load_django

DIFFERENCES = {"place": "표", "left_rows": "왼쪽", "right_rows": "오른쪽", "reason": "까닭"}


def add(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The verbs that make, read and leave archives."""
    _add_backup(verbs)
    _add_restore(verbs)
    _add_export(verbs)
    _add_close(verbs)
    compare = verbs.add_parser("compare", help="두 시·도를, 또는 시·도와 보관본을 견준다")
    compare.add_argument("left", metavar="CODE", help="시·도나 사본의 코드")
    compare.add_argument("right", metavar="CODE|FILE", help="다른 코드, 또는 보관본 파일")
    formats(compare)
    compare.set_defaults(run=_compare)
    switch = verbs.add_parser("switch", help="시·도와 그 사본의 자리를 바꾼다")
    switch.add_argument("code", metavar="CODE", help="시·도 코드")
    switch.add_argument("copy", metavar="COPY", help="사본의 코드")
    _dangerous(switch)
    switch.set_defaults(run=_switch)


def _add_backup(verbs: Any) -> None:
    verb = verbs.add_parser("backup", help="잠근 보관본 하나로 백업한다")
    verb.add_argument("code", nargs="?", metavar="CODE", help="시·도 코드")
    verb.add_argument("--out", type=Path, metavar="FILE", help="이 파일에 (기본: 백업 폴더)")
    verb.add_argument("--anonymise", action="store_true", help="교육용: 사람을 지어낸다")
    verb.add_argument("--due", action="store_true", help="밀린 백업을 모두 한다 (코드 없이)")
    verb.add_argument("--test", action="store_true", help="가장 새 백업을 시험 복원한다")
    formats(verb)
    verb.set_defaults(run=_backup)


def _add_restore(verbs: Any) -> None:
    verb = verbs.add_parser("restore", help="보관본을 새 코드로 복원한다")
    verb.add_argument("file", type=Path, metavar="FILE", help="보관본")
    verb.add_argument("--as", dest="code", required=True, metavar="CODE", help="새 코드")
    formats(verb)
    verb.set_defaults(run=_restore)


def _add_export(verbs: Any) -> None:
    verb = verbs.add_parser("export", help="CSV·JSON·파일로 내보낸다 (잠그지 않는다)")
    verb.add_argument("code", metavar="CODE", help="시·도 코드")
    verb.add_argument("--out", type=Path, metavar="FILE.zip", help="이 파일에 (기본: 백업 폴더)")
    formats(verb)
    verb.set_defaults(run=_export)


def _add_close(verbs: Any) -> None:
    verb = verbs.add_parser("close", help="닫는다 (자료는 남는다); --erase로 모두 지운다")
    verb.add_argument("code", metavar="CODE", help="시·도나 사본의 코드")
    verb.add_argument("--erase", action="store_true", help="표, 접속 계정, 파일, 백업까지 지운다")
    verb.add_argument("--keep-backups", action="store_true", help="백업은 남긴다")
    verb.add_argument("--certificate", type=Path, metavar="FILE", help="파기 증명을 여기에 쓴다")
    verb.add_argument("--reason", default="", help="까닭")
    _dangerous(verb)
    verb.set_defaults(run=_close)


def _dangerous(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--yes", action="store_true", help="묻지 않는다 (터미널이 아니면 필요)")
    formats(verb)


def _backup(options: argparse.Namespace) -> int:
    load_django()
    if options.due:
        return _due(options)
    if not options.code:
        return complain("시·도 코드나 --due가 필요합니다.", code=Code.USAGE)
    if options.test:
        return _ask(options, "test_restore")
    out = {"out": str(options.out.resolve())} if options.out else {}
    return _ask(options, "backup", anonymise=options.anonymise, **out)


def _due(options: argparse.Namespace) -> int:
    """What the nights would do now and have not done yet, one city after the other."""
    from tenants.provisioning.archive.schedule import backups_due
    from tenants.shared import shared_tables

    with shared_tables():
        due = backups_due(datetime.now(UTC))
    if not due:
        say("밀린 백업이 없습니다.")
    codes = []
    for code in due:
        options.code = code
        codes.append(_ask(options, "backup"))
    failed = [code for code in codes if code != Code.OK]
    if not failed:
        return Code.OK
    return Code.PARTIAL if len(failed) < len(codes) else Code.FAILURE


def _restore(options: argparse.Namespace) -> int:
    load_django()
    from tenants.provisioning.archive.asking import restore_ask

    asked = restore_ask(
        options.code, options.file.resolve(), by=at_the_terminal(), now=datetime.now(UTC)
    )
    return carry_out(asked, form=options.format)


def _export(options: argparse.Namespace) -> int:
    load_django()
    out = {"out": str(options.out.resolve())} if options.out else {}
    return _ask(options, "export", **out)


def _switch(options: argparse.Namespace) -> int:
    load_django()
    if not _agreed(options, f"{options.code}와 {options.copy}의 자리를 바꿉니다."):
        return complain("하지 않았습니다. --yes가 필요합니다.", code=Code.USAGE)
    return _ask(options, "switch", **{"with": options.copy})


def _close(options: argparse.Namespace) -> int:
    load_django()
    what = "모두 지웁니다. 되돌릴 수 없습니다" if options.erase else "닫습니다. 자료는 남습니다"
    if not _agreed(options, f"{options.code}: {what}."):
        return complain("하지 않았습니다. --yes가 필요합니다.", code=Code.USAGE)
    if not options.erase:
        return _ask(options, "close", reason=options.reason)
    return _erase(options)


def _erase(options: argparse.Namespace) -> int:
    from tenants.provisioning.archive.asking import erase_ask
    from tenants.provisioning.operations import operation_get

    asked = erase_ask(
        options.code,
        by=at_the_terminal(),
        now=datetime.now(UTC),
        keep_backups=options.keep_backups,
        reason=options.reason,
    )
    code = carry_out(asked, form=options.format)
    paper = operation_get(asked.id).result.get("certificate")
    if options.certificate and paper:
        text = json.dumps(paper, ensure_ascii=False, indent=2)
        options.certificate.write_text(f"{text}\n", encoding="utf-8")
    return code


def _compare(options: argparse.Namespace) -> int:
    """Exit code 1 when something differs."""
    if not is_owner():
        right = Path(options.right)
        other = str(right.resolve()) if right.is_file() else options.right
        return as_owner(["city", "compare", options.left, other, "--format", options.format])
    load_django()
    from tenants.provisioning.archive.asking import city_kept
    from tenants.provisioning.archive.comparing import cities_compare, city_compare_archive

    city_kept(options.left)
    if Path(options.right).is_file():
        found = city_compare_archive(options.left, Path(options.right))
    else:
        city_kept(options.right)
        found = cities_compare(options.left, options.right)
    facts = found.as_json()
    if options.format == "json":
        show_json(facts)
    else:
        show_rows(facts["differences"], columns=DIFFERENCES, form=options.format)
    say(f"다른 곳 {len(found.differences)}군데 (표 {found.tables}, 행 {found.rows:,})")
    return Code.FAILURE if found.differences else Code.OK


def _ask(options: argparse.Namespace, kind: str, *, reason: str = "", **arguments: Any) -> int:
    from tenants.provisioning.archive.asking import archive_ask
    from tenants.types import OperationKind

    asked = archive_ask(
        OperationKind(kind),
        options.code,
        by=at_the_terminal(),
        now=datetime.now(UTC),
        reason=reason,
        **arguments,
    )
    return carry_out(asked, form=options.format)


def _agreed(options: argparse.Namespace, words: str) -> bool:
    """--yes, or the code typed at a terminal."""
    if options.yes:
        return True
    if not sys.stdin.isatty():
        return False
    say(words)
    return input(f"계속하려면 {options.code}를 입력하십시오: ").strip() == options.code
