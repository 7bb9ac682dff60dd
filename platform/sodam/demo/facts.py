"""Facts of the fixtures the world is built on: organisations, districts, services, residents."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sodam.demo.own import own_categories, own_departments
from sodam.demo.reading import FIXTURES, read_yaml

STANDARD = FIXTURES / "standard" / "1.0"


@dataclass(frozen=True, slots=True)
class Unit:
    """A department of a government, by its real name."""

    code: str
    name_ko: str


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    """What a category leads to."""

    code: str
    petition_class: str
    role: str


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """One item of the service catalogue."""

    code: str
    title: str
    category: str
    unit: str
    amount: int
    petition_class: str
    is_compound: bool
    role: str
    documents: int


@lru_cache(maxsize=32)
def departments(city: str) -> tuple[Unit, ...]:
    """The departments of a government (not its bureaus), in their order."""
    path = FIXTURES / "organisation" / f"{city}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Unit(row["code"], row["name_ko"])
            for row in csv.DictReader(lines)
            if row["kind"] == "department"
        )


@lru_cache(maxsize=1)
def _mapping() -> Any:
    return read_yaml(FIXTURES / "organisation" / "mapping.yaml")


@lru_cache(maxsize=1024)
def department_of(city: str, role: str) -> Unit:
    """The department that plays a role in a city, else the one where unsorted voices go.

    One that the city's overlay names comes before those the role's patterns find.
    """
    mapping, named = _mapping(), own_departments(city).get(role)
    for unit in departments(city):
        if unit.code == named:
            return unit
    for wanted in (role, mapping["fallback"]):
        for pattern in mapping["roles"][wanted]["patterns"]:
            for unit in departments(city):
                if re.search(str(pattern), unit.name_ko):
                    return unit
    return departments(city)[0]


@lru_cache(maxsize=1)
def districts() -> dict[str, dict[str, list[str]]]:
    """City -> district -> neighbourhoods."""
    found: dict[str, dict[str, list[str]]] = read_yaml(FIXTURES / "regions" / "districts.yaml")[
        "districts"
    ]
    return found


@lru_cache(maxsize=32)
def categories(city: str = "") -> dict[str, CategoryFacts]:
    """The standard's categories, and those the city adds."""
    body = read_yaml(STANDARD / "code_list" / "categories.yaml")["categories"]
    body |= own_categories(city)
    return {
        code: CategoryFacts(code, entry["petition_class"], entry["department_role"])
        for code, entry in body.items()
    }


@lru_cache(maxsize=1)
def services() -> tuple[ServiceFacts, ...]:
    body = read_yaml(STANDARD / "code_list" / "services.yaml")["services"]
    return tuple(
        ServiceFacts(
            code=code,
            title=entry["title"]["ko"],
            category=entry["category"],
            unit=entry["period"]["unit"],
            amount=entry["period"]["amount"],
            petition_class=entry["petition_class"],
            is_compound=entry.get("is_compound", False),
            role=entry["department_role"],
            documents=len(entry["documents"]),
        )
        for code, entry in body.items()
    )


@lru_cache(maxsize=1)
def city_names() -> dict[str, str]:
    """City -> its full Korean name of today."""
    regions = read_yaml(FIXTURES / "regions" / "regions.yaml")["regions"]
    return {region["code"]: region["names"][-1]["name_ko"] for region in regions}
