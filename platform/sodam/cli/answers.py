"""How commands answer: data on standard output, messages on standard error, an exit code."""

import argparse
import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any


class Code(IntEnum):
    """Exit codes, the same for every command."""

    OK = 0
    FAILURE = 1
    USAGE = 2
    INVALID = 3
    NOT_FOUND = 4
    CONFLICT = 5
    PARTIAL = 6


def formats(parser: argparse.ArgumentParser) -> None:
    """--format table|json."""
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="출력 형식 (기본: table)"
    )


def one_city(parser: argparse.ArgumentParser) -> None:
    """--city CODE, always needed: no command guesses a city."""
    parser.add_argument("--city", required=True, metavar="CODE", help="시·도 코드 (예: busan)")


def say(text: str) -> None:
    """A message to the person at the terminal."""
    print(text, file=sys.stderr, flush=True)


def complain(text: str, *, code: Code) -> Code:
    """A failure in words, and its exit code."""
    say(f"오류: {text}")
    return code


def show_json(data: Any) -> None:
    """Data as JSON, Korean readable."""
    print(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def show_rows(rows: Sequence[Mapping[str, Any]], *, columns: Mapping[str, str], form: str) -> None:
    """Rows as a table with these headings, or all their fields as JSON."""
    if form == "json":
        show_json([dict(row) for row in rows])
        return
    lines = [list(columns.values())]
    lines += [[_cell(row.get(name)) for name in columns] for row in rows]
    widths = [max(_width(line[at]) for line in lines) for at in range(len(columns))]
    for line in lines:
        padded = [text + " " * (widths[at] - _width(text)) for at, text in enumerate(line)]
        print("  ".join(padded).rstrip())


def show_facts(facts: Mapping[str, Any], *, form: str) -> None:
    """One thing: a line per fact, or JSON."""
    if form == "json":
        show_json(dict(facts))
        return
    width = max(_width(name) for name in facts)
    for name, value in facts.items():
        print(f"{name}{' ' * (width - _width(name))}  {_cell(value)}")


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "-"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)


def _width(text: str) -> int:
    """Columns on a terminal: a Hangul syllable takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
