"""`sodam config validate|diff`: documents in files, with or without a city."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sodam.cli.answers import Code, complain, say, show_json, show_rows
from sodam.cli.config_shown import CHANGE_COLUMNS, PROBLEM_COLUMNS, change_rows, problem_rows
from sodam.cli.processes import load_django

if TYPE_CHECKING:
    from customization.public import Portable


def run_validate(options: argparse.Namespace) -> int:
    """Exit code 3 when something is wrong. Without --city: on the standard the file names."""
    load_django()
    from customization.public import findings, plan_tree, standard_tree
    from tenants.context import serving_city

    file = portable(options.file)
    if options.city:
        with serving_city(options.city):
            problems = plan_tree(file.documents).problems
    else:
        problems = findings(file.documents, standard_tree(file.standard))
    if options.format == "json" or problems:
        show_rows(problem_rows(problems), columns=PROBLEM_COLUMNS, form=options.format)
    if problems:
        return complain(f"고칠 곳이 {len(problems)}군데 있습니다.", code=Code.INVALID)
    say("고칠 곳 없음")
    return Code.OK


def run_diff(options: argparse.Namespace) -> int:
    """What differs, place by place: a city from its standard, a file from a city, two files."""
    load_django()
    from customization.public import diff

    before, after = _both(options)
    rows = change_rows(diff(before, after))
    if options.format == "json":
        show_json({"changes": len(rows), "operations": rows})
        return Code.OK
    show_rows(rows, columns=CHANGE_COLUMNS, form=options.format)
    say(f"다른 곳 {len(rows)}군데")
    return Code.OK


def _both(options: argparse.Namespace) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    files: list[Path] = options.files
    if len(files) == (1 if options.city else 2):
        after = portable(files[-1]).documents
        return (_city(options.city)[1] if options.city else portable(files[0]).documents), after
    if options.city and not files:
        return _city(options.city)
    words = "파일 둘, --city CODE 하나, --city CODE와 파일 하나 가운데 고르십시오."
    raise SystemExit(complain(words, code=Code.USAGE))


def _city(code: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What the city's documents stand on, and they themselves."""
    from customization.public import ground, in_force
    from tenants.context import serving_city

    with serving_city(code):
        found = in_force()
        return ground(found.standard_version, found.plugins), found.tree


def portable(path: Path) -> "Portable":
    """The documents of a file. Ends the command when there is none."""
    from customization.public import read_portable

    if not path.is_file():
        raise SystemExit(complain(f"파일이 없습니다: {path}", code=Code.NOT_FOUND))
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise SystemExit(complain(f"UTF-8이 아닙니다: {path}", code=Code.INVALID)) from None
    return read_portable(text)
