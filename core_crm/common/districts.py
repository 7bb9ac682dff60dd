"""시·군·구 and 행정동: their codes, their names, and which of them an address names.

Codes are those of 행정안전부 (행정기관코드, ten digits): a 시·군·구 ends in five zeros, a
government in eight. Facts and their day:
fixtures/regions/neighbourhoods.csv, described in fixtures/README.md.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

WHOLE = "00000"
_NUMBERED = re.compile(r"제(?=[0-9])")
_SEPARATORS = re.compile(r"[\s,()\[\]·/]+")


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """One line of the facts: a 행정동, or with an empty `name` a 시·군·구, or a whole government.

    `city`: our code of the government.
    """

    code: str
    city: str
    district: str
    name: str

    @property
    def label(self) -> str:
        return " ".join(part for part in (self.district, self.name) if part)


@lru_cache(maxsize=1)
def neighbourhoods() -> tuple[Neighbourhood, ...]:
    """All that there are, by code."""
    with (_folder() / "neighbourhoods.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Neighbourhood(row["code"], row["city"], row["district"], row["neighbourhood"])
            for row in csv.DictReader(lines)
        )


def districts_of(city: str) -> tuple[Neighbourhood, ...]:
    """The 시·군·구 of a government (none in 세종), by code."""
    return tuple(each for each in _of_city(city) if each.district and not each.name)


def neighbourhoods_of(district_code: str) -> tuple[Neighbourhood, ...]:
    """The 행정동 of a 시·군·구, by code."""
    start = district_code[:5]
    return tuple(each for each in neighbourhoods() if each.name and each.code.startswith(start))


def whole_district(code: str) -> str:
    """The 시·군·구 in which a 행정동 lies."""
    return f"{code[:5]}{WHOLE}" if code else ""


def district_name(code: str) -> str:
    """`2635051000` → `해운대구 우1동`; the code itself when the facts do not know it."""
    known = _by_code().get(code)
    return (known.label or _name_of(known.city)) if known else code


def district_of(address: str, city: str) -> str:
    """The 행정동 that an address names, else its 시·군·구, else "".

    `city`: where an address lies that does not name its government. A legal neighbourhood (법정동)
    that is no 행정동 by itself (우동: 우1동, 우2동 …) tells the 시·군·구 only: nothing is guessed.
    """
    parts = [part for part in _SEPARATORS.split(address) if part]
    if parts and (named := _governments().get(parts[0])):
        city, parts = named, parts[1:]
    squeezed = "".join(parts)
    inside = next((one for one in _longest_first(city) if squeezed.startswith(one.squeezed)), None)
    if inside is None:
        return ""
    return next((inside.inner[part] for part in parts if part in inside.inner), inside.code)


@dataclass(frozen=True, slots=True)
class _District:
    """A 시·군·구 as addresses write it, and its 행정동 by name."""

    code: str
    squeezed: str
    inner: Mapping[str, str]


@lru_cache(maxsize=32)
def _longest_first(city: str) -> tuple[_District, ...]:
    found = [_district(one) for one in districts_of(city)]
    if not found:  # 세종 has no 시·군·구
        found = [_district(one) for one in _of_city(city) if one.code.endswith(WHOLE)]
    return tuple(sorted(found, key=lambda one: -len(one.squeezed)))


def _district(one: Neighbourhood) -> _District:
    within = neighbourhoods_of(one.code) if one.district else _of_city(one.city)
    inner = {way: each.code for each in within if each.name for way in _ways(each.name)}
    return _District(one.code, one.district.replace(" ", ""), inner)


def _ways(name: str) -> tuple[str, ...]:
    """How people write it: 우제1동 is 우1동."""
    return (name, _NUMBERED.sub("", name))


@lru_cache(maxsize=32)
def _of_city(city: str) -> tuple[Neighbourhood, ...]:
    return tuple(each for each in neighbourhoods() if each.city == city)


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Neighbourhood]:
    return {each.code: each for each in neighbourhoods()}


@lru_cache(maxsize=1)
def _governments() -> dict[str, str]:
    """Every name that a government has or had, and its short one → our code of today."""
    found: dict[str, str] = {}
    for region in _regions():
        code = region.get("successor_code") or region["code"]
        names = [region["short_name_ko"], *(name["name_ko"] for name in region["names"])]
        found |= dict.fromkeys(names, code)
    return found


def _name_of(city: str) -> str:
    """The government's short name."""
    return next((one["short_name_ko"] for one in _regions() if one["code"] == city), city)


@lru_cache(maxsize=1)
def _regions() -> list[dict[str, Any]]:
    path = _folder() / "regions.yaml"
    regions: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["regions"]
    return regions


def _folder() -> Path:
    return Path(settings.FIXTURES_DIR) / "regions"
