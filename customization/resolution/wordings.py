"""Notices ask only for values that they are given: else they could not be sent at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from customization.resolution.places import places
from customization.resolution.problems import Problem, nearest
from customization.resolution.trees import Path, Tree, value_at

PLACEHOLDER = re.compile(r"\(\(\s*(\w+)\s*\)\)")
TEXTS: Path = ("texts", "*", "*")

ALWAYS = frozenset(
    {
        "call_centre",
        "call_centre_phone",
        "city_name",
        "city_short_name",
        "contact",
        "department",
        "officer",
        "ref",
        "title",
    }
)
"""Given to every notice about a voice (민원 처리에 관한 법률 시행령 제31조: who is in charge)."""


def wording_problems(tree: Tree, standard: Tree) -> Iterator[Problem]:
    """Values a city's wording asks for that the standard's notice of that code never gets.

    A notice of the city's own is not judged: what sends it says what it gives.
    """
    notices = standard.get("template")
    for code, known in notices.items() if isinstance(notices, Mapping) else ():
        given = ALWAYS | {name for _path, name in _asked(known)}
        for path, name in _asked(value_at(tree, ("template", code))):
            if name not in given:
                told = f"이 알림에는 (({name}))에 채울 값이 없습니다"
                yield Problem(("template", code, *path), told, nearest(name, given))


def _asked(body: Any) -> Iterator[tuple[Path, str]]:
    """(place in the document, name) of every value asked for."""
    for path, text in places(body, TEXTS):
        if isinstance(text, str):
            for name in PLACEHOLDER.findall(text):
                yield path, name
