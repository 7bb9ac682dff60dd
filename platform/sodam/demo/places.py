"""Where a voice is about: a real district and neighbourhood, a made-up spot in it."""

from __future__ import annotations

from dataclasses import dataclass

from sodam.demo.dice import Dice
from sodam.demo.facts import districts
from sodam.demo.wordings import phrases

RURAL_ENDINGS = ("읍", "면", "리")


@dataclass(frozen=True, slots=True)
class Place:
    """One spot."""

    district: str
    neighbourhood: str
    spot: str

    @property
    def short(self) -> str:
        return f"{self.neighbourhood} {self.spot}"

    @property
    def full(self) -> str:
        return f"{self.district} {self.short}"


def place_in(city: str, dice: Dice) -> Place:
    """A spot somewhere in the city."""
    known = districts()[city]
    district = dice.one(list(known))
    neighbourhood = dice.one(known[district])
    is_rural = neighbourhood.endswith(RURAL_ENDINGS)
    spot = dice.one(phrases()["spots_rural" if is_rural else "spots"])
    return Place(district, neighbourhood, spot)
