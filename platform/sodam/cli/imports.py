"""`sodam import voices`: voices of another system from a CSV file."""

import argparse
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from sodam.cli.answers import Code, complain, formats, one_city, say, show_facts
from sodam.cli.processes import load_django

BAR_WIDTH = 30


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """import voices --city C FILE"""
    noun = nouns.add_parser("import", help="다른 시스템의 자료를 들인다")
    verbs = noun.add_subparsers(metavar="대상", required=True)
    command = verbs.add_parser("voices", help="시민의 소리 (CSV; UTF-8, CP949 자동 인식)")
    one_city(command)
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument("--source", default="", help="원래 시스템의 이름 (기본: 파일 이름)")
    formats(command)
    command.set_defaults(run=_voices)


def _voices(options: argparse.Namespace) -> int:
    if not options.file.is_file():
        return complain(f"파일이 없습니다: {options.file}", code=Code.NOT_FOUND)
    load_django()
    from core_crm.voices.services.importing import voices_import
    from tenants.context import serving_city

    with serving_city(options.city):
        result = voices_import(
            source=options.source or options.file.stem,
            file=options.file,
            now=datetime.now(UTC),
            progress=show_progress,
        )
    show_facts(asdict(result), form=options.format)
    if result.refused:
        say(f"들이지 못한 {result.refused}행은 이유와 함께 {result.errors_file}에 있습니다.")
    return Code.PARTIAL if result.refused else Code.OK


def show_progress(done: int, total: int) -> None:
    """A bar on a terminal, one line per tenth elsewhere."""
    if sys.stderr.isatty():
        filled = BAR_WIDTH * done // max(total, 1)
        bar = "█" * filled + "░" * (BAR_WIDTH - filled)
        end = "\n" if done >= total else ""
        print(f"\r  {bar} {done:,}/{total:,}", end=end, file=sys.stderr, flush=True)
    elif done == total or done % max(total // 10, 1) == 0:
        say(f"  {done:,}/{total:,}")
