"""`sodam import voices`: voices of another system from a CSV file."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from sodam.cli import imports_customers, imports_office, imports_residents
from sodam.cli.answers import Code, complain, formats, one_city, say, show_facts
from sodam.cli.processes import load_django

BAR_WIDTH = 30


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """import voices --city C FILE [--map THEIRS=ours … | --format-of X] [--category CODE]"""
    noun = nouns.add_parser("import", help="다른 시스템의 자료를 들인다")
    verbs = noun.add_subparsers(metavar="대상", required=True)
    imports_office.add(verbs)
    imports_residents.add(verbs)
    imports_customers.add(verbs)
    command = verbs.add_parser("voices", help="시민의 소리 (CSV; UTF-8, UTF-16, CP949 자동 인식)")
    one_city(command)
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument("--source", default="", help="원래 시스템의 이름 (행 번호의 출처)")
    command.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="열=필드",
        help="머리글로 알 수 없는 열 (여러 번)",
    )
    command.add_argument(
        "--format-of", default="", metavar="x.P.CODE", help="플러그인이 읽는 파일 형식"
    )
    command.add_argument("--category", metavar="CODE", help="분류가 없는 행의 분류")
    command.add_argument("--dry-run", action="store_true", help="들여 보고 되돌린다")
    formats(command)
    command.set_defaults(run=_voices)


def _voices(options: argparse.Namespace) -> int:
    if not options.file.is_file():
        return complain(f"파일이 없습니다: {options.file}", code=Code.NOT_FOUND)
    wrong = [pair for pair in options.map if "=" not in pair]
    if wrong:
        return complain(f"--map은 열=필드로 씁니다: {wrong[0]}", code=Code.USAGE)
    load_django()
    from core_crm.voices.services.importing import voices_import
    from tenants.context import serving_city

    with serving_city(options.city):
        result = voices_import(
            options.file,
            now=datetime.now(UTC),
            mapping=dict(pair.split("=", 1) for pair in options.map),
            dry_run=options.dry_run,
            progress=show_progress,
            source_name=options.source,
            category=options.category,
            format_of=options.format_of,
        )
    show_facts(result, form=options.format)
    if not result["refused"]:
        return Code.OK
    say(f"들이지 못한 {result['refused']}행은 이유와 함께 {result['errors_file']}에 있습니다.")
    return Code.PARTIAL


def show_progress(done: int, total: int) -> None:
    """A bar on a terminal, plain lines elsewhere."""
    if not sys.stderr.isatty():
        say(f"  {done:,}/{total:,}")
        return
    filled = BAR_WIDTH * done // max(total, 1)
    bar = "█" * filled + "░" * (BAR_WIDTH - filled)
    end = "\n" if done >= total else ""
    print(f"\r  {bar} {done:,}/{total:,}", end=end, file=sys.stderr, flush=True)
