"""Two trees of documents as YAML, line by line: what went, what came, with a little around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any

import yaml

from customization.public import ABSENT, value_at

AROUND = 3
MOST_LINES = 2000


@dataclass(frozen=True, slots=True)
class YamlLine:
    """One line. `what`: add, del, at (where in the file) or same."""

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """The lines of one document that differ."""

    name: str
    lines: list[YamlLine]


def yaml_differences(
    before: Mapping[str, Any], after: Mapping[str, Any], places: set[tuple[str, str]]
) -> list[YamlDocument]:
    """Each of the documents that differs, sorted by kind and code."""
    return [
        YamlDocument(f"{kind}/{code}.yaml", lines)
        for kind, code in sorted(places)
        if (lines := list(_lines(value_at(before, (kind, code)), value_at(after, (kind, code)))))
    ]


def _lines(before: Any, after: Any) -> Iterator[YamlLine]:
    found = unified_diff(_written(before), _written(after), lineterm="", n=AROUND)
    for number, line in enumerate(found):
        if number < 2:  # the names of the two files
            continue
        if number > MOST_LINES:
            return
        yield YamlLine(WHAT.get(line[0], "same"), line)


WHAT = {"+": "add", "-": "del", "@": "at"}


def _written(body: Any) -> list[str]:
    if body is ABSENT:
        return []
    return yaml.safe_dump(body, allow_unicode=True, sort_keys=True, width=100).splitlines()
