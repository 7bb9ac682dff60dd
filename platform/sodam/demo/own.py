"""What a government has beside the standard, for the demo world: its overlay, read as data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sodam.demo.dice import Dice
from sodam.demo.reading import FIXTURES, read_yaml

FIELDS, CATEGORIES = "form.voice.fields.", "code_list.categories.categories."
DEPARTMENTS = "routing.voice.departments."
PLACES = ("sigun", "gugun", "area", "haengjeongsi", "eupmyeondong")
"""Fields whose choices are places of the city."""
SOMETIMES = {"voice_source": 0.3, "interpreter": 0.7}
"""Fields that are filled by chance, and how often."""


@lru_cache(maxsize=32)
def _changes(city: str) -> dict[str, Any]:
    path = FIXTURES / "cities" / city / "overlay.yaml"
    if not path.is_file():
        return {}
    return {place: one["set"] for place, one in read_yaml(path)["changes"].items() if "set" in one}


@lru_cache(maxsize=32)
def _below(city: str, prefix: str) -> dict[str, Any]:
    found = _changes(city).items()
    return {place.removeprefix(prefix): body for place, body in found if place.startswith(prefix)}


def own_categories(city: str) -> Mapping[str, Mapping[str, Any]]:
    """The categories it adds: code -> entry. A place inside a standard one is none."""
    return {code: body for code, body in _below(city, CATEGORIES).items() if "." not in code}


def own_departments(city: str) -> Mapping[str, str]:
    """Role -> the code of its own department."""
    return _below(city, DEPARTMENTS)


def own_values(
    city: str, *, known: Mapping[str, str], problem: str, place: tuple[str, ...], dice: Dice
) -> dict[str, str]:
    """What was chosen in its own fields: the place the voice is about, and what its problem is.

    `known`: what conditions may ask (`category`, `channel`, `language`). `place`: names of the
    district and of the neighbourhood.
    """
    chosen = {
        code: _choice(code, field, problem, place) or _thrown(code, field, dice)
        for code, field in _below(city, FIELDS).items()
        if _is_asked(field.get("shown_when"), known)
    }
    return {code: value for code, value in chosen.items() if value}


def _choice(code: str, field: Mapping[str, Any], problem: str, place: tuple[str, ...]) -> str:
    labels = {one["label"]["ko"].split("(")[0]: choice for choice, one in field["choices"].items()}
    if code in PLACES:
        return next((labels[name] for name in map(_first_word, place) if name in labels), "")
    return problem if problem in field["choices"] else ""


def _thrown(code: str, field: Mapping[str, Any], dice: Dice) -> str:
    return dice.one(list(field["choices"])) if dice.happens(SOMETIMES.get(code, 0.0)) else ""


def _first_word(name: str) -> str:
    """수원시 of 수원시 장안구."""
    return name.split(" ", 1)[0]


def _is_asked(condition: Mapping[str, Any] | None, known: Mapping[str, str]) -> bool:
    if condition is None:
        return True
    value = known.get(condition["field"], "")
    wanted = condition["value"]
    return value in wanted if condition["op"] == "in" else bool(value == wanted)
