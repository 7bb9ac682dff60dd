"""Invented citizens: generic names, numbers 010-0000-xxxx, addresses @citizen.example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core_crm.customers.services.history import PastCitizen
from sodam.demo.dice import Dice
from sodam.demo.wordings import phrases

REPEATING_SHARE, REPEATED_VOICES = 0.36, 0.73
"""The paper's concentration: the top 36 % of petitioners file 73 % of the written complaints."""
HAS_PHONE, HAS_EMAIL = 0.92, 0.4
FOREIGN = 0.012


@dataclass(frozen=True, slots=True)
class Petitioner:
    """A citizen, and how many voices they file in the year."""

    citizen: PastCitizen
    voices: int

    @property
    def reply_channel(self) -> str:
        return "sms" if self.citizen.phone else "email"


def person_name(dice: Dice) -> str:
    """A surname as common as in life, and two syllables."""
    words = phrases()
    surname = dice.choices(words["surnames"], weights=words["surname_weights"])[0]
    return f"{surname}{dice.one(words['given_first'])}{dice.one(words['given_second'])}"


def petitioners(dice: Dice, voices: int, *, met_at: datetime) -> list[Petitioner]:
    """People who together file that many voices, a few of them most."""
    counts = voices_per_person(dice, voices)
    taken: set[tuple[str, str]] = set()
    return [
        Petitioner(_citizen(dice, number, taken, met_at=met_at), count)
        for number, count in enumerate(counts)
    ]


def voices_per_person(dice: Dice, voices: int) -> list[int]:
    """How many each files, summing to `voices`: most once, the busiest 36 % the rest."""
    single_voices = round(voices * (1 - REPEATED_VOICES))
    people = max(1, round(single_voices / (1 - REPEATING_SHARE)))
    repeating = max(1, people - single_voices)
    left = voices - single_voices - 2 * repeating
    counts = [2] * repeating
    weights = [1 / (rank + 8) for rank in range(repeating)]
    for index in dice.choices(range(repeating), weights=weights, k=max(0, left)):
        counts[index] += 1
    return counts + [1] * (voices - sum(counts))


def _citizen(
    dice: Dice, number: int, taken: set[tuple[str, str]], *, met_at: datetime
) -> PastCitizen:
    name, phone = _free_name_and_phone(dice, taken)
    has_phone = dice.happens(HAS_PHONE)
    has_email = not has_phone or dice.happens(HAS_EMAIL)
    return PastCitizen(
        id=dice.uuid_at(met_at),
        name=name,
        phone=phone if has_phone else "",
        email=f"c{number + 1:05d}@citizen.example" if has_email else "",
        language="en" if dice.happens(FOREIGN) else "ko",
        created_at=met_at,
    )


def _free_name_and_phone(dice: Dice, taken: set[tuple[str, str]]) -> tuple[str, str]:
    while True:
        found = (person_name(dice), f"+82100000{dice.randrange(10_000):04d}")
        if found not in taken:
            taken.add(found)
            return found


def shares_of_the_busiest(counts: Sequence[int], share: float) -> float:
    """Which part of all voices the busiest people file: one point of the concentration curve."""
    ranked = sorted(counts, reverse=True)
    return sum(ranked[: round(len(ranked) * share)]) / sum(ranked)
