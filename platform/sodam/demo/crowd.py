"""A crowd of any size for measuring: invented people, and among them duplicates that are known."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from django.db import transaction

from core_crm.customers.selectors.terms import terms_of
from core_crm.customers.services.crowds import citizens_copy, source_is_known
from sodam.demo.crowd_noise import NOISES, noisy_copy
from sodam.demo.crowd_people import Families, Person
from tenants.context import serving_city
from tenants.errors import DomainError

DUPLICATES = 0.05
FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = 1000
STEP = 50_000
TRIES = 4


class CrowdIsThere(DomainError):
    """The crowd of this seed was written before."""

    code = "demo.crowd_is_there"
    http_status = 409


@dataclass(slots=True)
class Crowd:
    """The rows to be, in order, and the pairs of which both are the same person."""

    city: str
    seed: int
    count: int
    pairs: list[tuple[UUID, UUID, str]] = field(default_factory=list)

    @property
    def source(self) -> str:
        return f"crowd-{self.seed}"

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Exactly `count` rows for COPY; about one in twenty is somebody once more."""
        families = Families(self.city, self.seed)
        ids = Random(f"ids|{self.city}|{self.seed}")  # noqa: S311 - repeatable, not secret
        left = self.count
        kinds = list(NOISES)
        for family in families:
            for person in family:
                if not left:
                    return
                if families.is_namesake(person):
                    continue
                left -= 1
                first, at = _id(ids)
                yield _row(person, first, at, self.source)
                if left and ids.random() < DUPLICATES:
                    copied = _copy(person, kinds, families)
                    if copied is not None and not families.is_namesake(copied[1]):
                        kind, copy = copied
                        second, at = _id(ids)
                        self.pairs.append((first, second, kind))
                        left -= 1
                        yield _row(copy, second, at, self.source)


def crowd_write(
    city: str,
    *,
    count: int,
    seed: int,
    key: Path | None = None,
    progress: Callable[[int], None] = lambda _done: None,
) -> dict[str, Any]:
    """Write a crowd into a city by COPY, in one transaction; the pairs go to the key file.

    Two seeds share no telephone number as long as each is at most 1,500,000. Raises CrowdIsThere.
    """
    crowd = Crowd(city, seed, count)
    with serving_city(city), transaction.atomic():
        if source_is_known(crowd.source):
            raise CrowdIsThere(
                f"씨앗 {seed}의 시민이 이미 있습니다. 다른 --seed를 쓰십시오.", seed=str(seed)
            )
        written = citizens_copy(_told(crowd.rows(), progress))
    if key is not None:
        key.write_text(json.dumps(_key(crowd), ensure_ascii=False), encoding="utf-8")
    return {
        "city": city,
        "source": crowd.source,
        "citizens": written,
        "duplicates": len(crowd.pairs),
        "key": str(key) if key else None,
    }


def _key(crowd: Crowd) -> dict[str, Any]:
    pairs = [{"left": str(one), "right": str(two), "noise": kind} for one, two, kind in crowd.pairs]
    return {
        "city": crowd.city,
        "seed": crowd.seed,
        "citizens": crowd.count,
        "source": crowd.source,
        "pairs": pairs,
    }


def _told(
    rows: Iterator[tuple[Any, ...]], progress: Callable[[int], None]
) -> Iterator[tuple[Any, ...]]:
    for done, row in enumerate(rows, start=1):
        yield row
        if done % STEP == 0:
            progress(done)


def _copy(person: Person, kinds: list[str], families: Families) -> tuple[str, Person] | None:
    """The person with some noise that can happen to them."""
    for kind in families.chance.sample(kinds, TRIES):
        copy = noisy_copy(person, kind, families)
        if copy is not None:
            return kind, copy
    return None


def _id(ids: Random) -> tuple[UUID, datetime]:
    """A UUIDv7 of some moment in these years."""
    at = FIRST_DAY + timedelta(seconds=ids.randrange(DAYS * 86_400))
    value = (int(at.timestamp() * 1000) << 80) | ids.getrandbits(80)
    value = value & ~(0xF << 76) | (0x7 << 76)
    return UUID(int=value & ~(0x3 << 62) | (0x2 << 62)), at


def _row(person: Person, key: UUID, at: datetime, source: str) -> tuple[Any, ...]:
    """In the order of `crowds.COLUMNS`."""
    return (
        key,
        person.name,
        person.phone,
        person.email,
        "sms" if person.phone else "email",
        person.language,
        not (person.phone or person.email),
        person.birth_on,
        person.sex,
        person.address,
        person.address_detail,
        person.district_code,
        source,
        terms_of(person.name, person.address, person.phone),
        at,
    )
