"""The invented people of a crowd, family by family: nobody is real, and no number can be called.

Mobile numbers begin with 010-0 and 010-1, which Korean carriers do not give out; mail goes to
`.example` (RFC 2606). What makes finding duplicates hard in life is here as well: families sharing
a telephone and a flat, twins, namesakes, and numbers that went on to a stranger.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml
from django.conf import settings

from core_crm.common.districts import neighbourhoods

NUMBERS = 20_000_000
NUMBERS_A_SEED = 1_500_000
STRIDE = 7_368_787  # has no factor in common with NUMBERS: every number comes once
SIZES, SIZE_WEIGHTS = (1, 2, 3, 4, 5), (36, 29, 19, 12, 4)
"""People in a household, in percent (통계청 2023 인구주택총조사, rounded)."""
CHILD_SHARES_PHONE, ELDER_SHARES_PHONE, TWINS, PASSED_ON = 0.5, 0.12, 0.04, 0.004
HAS_PHONE, HAS_EMAIL, HAS_BIRTH, HAS_ADDRESS, FOREIGN = 0.95, 0.4, 0.85, 0.8, 0.015
OLD_UNTIL, MIDDLE_UNTIL = 1960, 1992
YEAR_NOW = 2026


class Person(NamedTuple):
    """One row to be: the columns as they are kept. `birth_on` None and "" where it is unknown."""

    name: str
    phone: str
    email: str
    birth_on: date | None
    sex: str
    address: str
    address_detail: str
    district_code: str
    language: str


class Home(NamedTuple):
    """Where a family lives."""

    address: str
    detail: str
    code: str


@lru_cache(maxsize=1)
def facts() -> dict[str, Any]:
    path = Path(settings.FIXTURES_DIR) / "demo" / "crowd.yaml"
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


class Families:
    """An endless stream of families of one city; the same seed tells the same ones."""

    def __init__(self, city: str, seed: int) -> None:
        self.chance = Random(f"crowd|{city}|{seed}")  # noqa: S311 - repeatable, not secret
        self.places = [each for each in neighbourhoods() if each.city == city and each.name]
        self.next_number = seed * NUMBERS_A_SEED
        self.mails = 0
        self.seed = seed
        self.passed_on: list[str] = []
        self.passed = set[str]()
        self.met = set[tuple[str, str, str]]()
        known = facts()
        self.families = list(known["families"])
        self.family_weights = list(accumulate(known["families"].values()))

    def __iter__(self) -> Iterator[list[Person]]:
        while True:
            yield self.family()

    def family(self) -> list[Person]:
        """A family at one address: parents, children, perhaps a grandparent."""
        chance = self.chance
        size = chance.choices(SIZES, SIZE_WEIGHTS)[0]
        home = self.home() if chance.random() < HAS_ADDRESS else Home("", "", "")
        head_year = self._year(1940, 2004) if size < 3 else self._year(1958, 1996)
        head = self.person(home, self.family_name(), head_year, chance.choice("MF"))
        people = [head]
        if size > 1:
            partner = self.person(
                home, self.family_name(), head_year + chance.randint(-6, 6),
                "F" if head.sex == "M" else "M",
            )  # fmt: skip
            people.append(partner)
        surname = _surname(people[0].name if head.sex == "M" else people[-1].name)
        for _ in range(size - 2):
            people.append(self._child(home, people, surname, head_year))
        return _unlike(people, self)

    def home(self) -> Home:
        """A flat in a tower, or a house."""
        chance, place = self.chance, self.chance.choice(self.places)
        road = f"{chance.choice(facts()['roads'])}{chance.choice(('로', '대로', '길'))}"
        lane = f" {chance.randrange(1, 99)}번길" if chance.random() < 0.4 else ""
        where = f"{_government(place.city)} {place.district}".strip()
        address = f"{where} {road}{lane} {chance.randrange(1, 320)} ({place.name})"
        if chance.random() < 0.7:
            detail = (
                f"{chance.randrange(101, 121)}동 "
                f"{chance.randrange(1, 29)}{chance.randrange(1, 7):02d}호"
            )
            return Home(address, detail, place.code)
        return Home(address, "", place.code)

    def person(
        self, home: Home, surname: str, year: int, sex: str, *, phone: str | None = None
    ) -> Person:
        """One person with what a city usually knows."""
        chance = self.chance
        born = date(min(year, YEAR_NOW - 1), 1, 1) + timedelta(days=chance.randrange(365))
        is_foreign = chance.random() < FOREIGN
        name = self.foreign_name() if is_foreign else surname + self.given_name(year, sex)
        has_phone = phone is not None or chance.random() < HAS_PHONE
        number = (phone if phone is not None else self.number()) if has_phone else ""
        email = self.mail() if not number or chance.random() < HAS_EMAIL else ""
        known_birth = born if chance.random() < HAS_BIRTH else None
        language = "en" if is_foreign else "ko"
        return Person(
            name, number, email, known_birth, sex, home.address, home.detail, home.code, language
        )

    def number(self) -> str:
        """A number of its own; now and then one that a stranger had before."""
        chance = self.chance
        if self.passed_on and chance.random() < PASSED_ON:
            return self.passed_on.pop()
        number = self.next_number * STRIDE % NUMBERS
        self.next_number += 1
        phone = f"+8210{number:08d}"
        if chance.random() < PASSED_ON:
            self.passed_on.append(phone)
            self.passed.add(phone)
        return phone

    def is_namesake(self, person: Person) -> bool:
        """Did somebody of the very same name have that number before?"""
        if person.phone not in self.passed:
            return False
        known = (person.name, person.phone, person.email)
        if known in self.met:
            return True
        self.met.add(known)
        return False

    def mail(self) -> str:
        self.mails += 1
        domain = self.chance.choice(facts()["mail"])
        return f"c{self.seed}-{self.mails:x}@{domain}"

    def family_name(self) -> str:
        return self.chance.choices(self.families, cum_weights=self.family_weights)[0]

    def given_name(self, year: int, sex: str) -> str:
        """As that generation was called: some syllables far more often than others."""
        chance = self.chance
        if year > MIDDLE_UNTIL - 12 and chance.random() < 0.04:
            return str(chance.choice(facts()["pure"]))
        age = "old" if year < OLD_UNTIL else "middle" if year < MIDDLE_UNTIL else "young"
        words = facts()["given"][age][sex]
        first = _often_first(words["first"], chance)
        if chance.random() < 0.03:
            return first
        second = _often_first(words["second"], chance)
        return first + second if first != second else first + words["second"][-1]

    def foreign_name(self) -> str:
        words = facts()["foreign"]
        return f"{self.chance.choice(words['family'])} {self.chance.choice(words['given'])}"

    def _child(self, home: Home, people: list[Person], surname: str, head_year: int) -> Person:
        """A child, now and then a twin; small ones are reached by a parent's telephone."""
        chance = self.chance
        year = min(head_year + chance.randint(24, 37), YEAR_NOW - 1)
        sibling = people[2] if len(people) > 2 else None
        sex = chance.choice("MF")
        is_small = year > YEAR_NOW - 13
        phone = people[1].phone if is_small and chance.random() < CHILD_SHARES_PHONE else None
        child = self.person(home, surname, year, sex, phone=phone or None)
        if sibling is not None and sibling.birth_on and chance.random() < TWINS:
            shared = sibling.name[:-1] if chance.random() < 0.5 else ""
            name = shared + self.given_name(year, sex)[-1] if shared else child.name
            child = child._replace(name=name, birth_on=sibling.birth_on, phone=sibling.phone)
            if not child.phone and not child.email:
                child = child._replace(email=self.mail())
        return child

    def _year(self, first: int, last: int) -> int:
        return self.chance.randint(first, last)


def _often_first(words: list[str], chance: Random) -> str:
    """The first of the row far more often than the last."""
    return words[int(len(words) * chance.random() ** 1.6)]


def _surname(name: str) -> str:
    return name[:2] if name[:2] in facts()["families"] else name[:1] if name[0] > "z" else "김"


def _unlike(people: list[Person], families: Families) -> list[Person]:
    """No two of a family bear the same name."""
    names: set[str] = set()
    found = []
    for person in people:
        while person.name in names:
            given = families.given_name(2000, person.sex or "M")
            person = person._replace(name=_surname(person.name) + given)
        names.add(person.name)
        found.append(person)
    return found


@lru_cache(maxsize=32)
def _government(city: str) -> str:
    path = Path(settings.FIXTURES_DIR) / "regions" / "regions.yaml"
    regions = yaml.safe_load(path.read_text(encoding="utf-8"))["regions"]
    found = next(one for one in regions if one["code"] == city)
    return str(found["names"][-1]["name_ko"])
