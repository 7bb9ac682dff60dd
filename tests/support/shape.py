"""A city's schema as text, by pg_dump, with its name taken out: two cities can be compared."""

from __future__ import annotations

import difflib
import re
import subprocess

from django.conf import settings

from sodam.runtime.postgres_binaries import find_binaries
from tests.support.environment import run_folder

HISTORY = "SELECT app, name FROM {}.django_migrations ORDER BY app, name"


def shape_of(code: str, *, with_rights: bool = True) -> list[str]:
    """Every table, index, constraint and right (when asked for), each line with `city` for code."""
    rights = () if with_rights else ("--no-privileges",)
    said = _run("pg_dump", "--schema-only", "--schema", code, *rights)
    lines = (_without_name(line, code) for line in said.splitlines())
    return [line for line in lines if line and not line.startswith(("--", "\\"))]


def history_of(code: str) -> list[str]:
    """The migrations that the schema says it has."""
    return _run("psql", "-XAtq", "-c", HISTORY.format(code)).splitlines()


def differences(one: list[str], other: list[str]) -> list[str]:
    """The lines that stand in one only, in the dump's own order."""
    found = difflib.unified_diff(one, other, "one", "other", lineterm="", n=0)
    return [line for line in found if not line.startswith(("---", "+++", "@@"))]


def _without_name(line: str, code: str) -> str:
    return re.sub(rf"(?<![A-Za-z0-9])(\w+_c_)?{code}(?![A-Za-z0-9_])", r"\1city", line).rstrip()


def _run(program: str, *arguments: str) -> str:
    """As the owner, whose process this is."""
    binaries, place = find_binaries(home=run_folder() / "servers"), settings.DATABASES["default"]
    address = {
        "PGHOST": str(place["HOST"]),
        "PGPORT": str(place["PORT"]),
        "PGDATABASE": str(place["NAME"]),
        "PGUSER": str(place["USER"]),
        "PGPASSWORD": str(place["PASSWORD"]),
    }
    return subprocess.run(
        [str(binaries.folder / program), *arguments],
        env={**binaries.environment(), **address},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
