"""Chance that repeats: the same world, city and topic always throw the same dice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")

SEED = "sodam-demo-1"


class Dice(Random):
    """A seeded source of chance."""

    @classmethod
    def of(cls, *topic: object) -> Dice:
        """The dice of one topic, independent of how often others were thrown."""
        return cls("|".join(str(part) for part in (SEED, *topic)))

    def happens(self, probability: float) -> bool:
        return self.random() < probability

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One of the keys, as often as its weight says."""
        return self.choices(list(weights), weights=list(weights.values()))[0]

    def one(self, items: Sequence[T]) -> T:
        return items[self.randrange(len(items))]

    def uuid_at(self, moment: datetime) -> UUID:
        """A UUIDv7 of that moment, with repeatable random bits."""
        milliseconds = int(moment.timestamp() * 1000)
        value = (milliseconds << 80) | self.getrandbits(80)
        value = value & ~(0xF << 76) | (0x7 << 76)
        return UUID(int=value & ~(0x3 << 62) | (0x2 << 62))
