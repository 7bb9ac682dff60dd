"""How counts add up: wholes and their parts, as a forest that can be walked from top to bottom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Relation(Generic[K]):
    """The count of `whole` is the sum of the counts of `parts`."""

    whole: K
    parts: tuple[K, ...]


class Forest(Generic[K]):
    """All relations at once. Raises ValueError when a count would be a part twice, or of itself.

    `top_down`: the relations, each after the one its whole is a part in. `above`: for each part
    the relation it is in. In a forest the bounds found by walking up and down are exact; in a table
    added up both ways they would not be.
    """

    def __init__(self, relations: Sequence[Relation[K]]) -> None:
        self._partitions: dict[K, list[Relation[K]]] = {}
        self.above: dict[K, Relation[K]] = {}
        for relation in relations:
            self._partitions.setdefault(relation.whole, []).append(relation)
            for part in relation.parts:
                if part in self.above:
                    raise ValueError(f"{part!r} is a part twice")
                self.above[part] = relation
        self.top_down = list(self._walk())
        if len(self.top_down) < len(relations):
            raise ValueError("a whole is among its own parts")

    def partitions(self, key: K) -> Sequence[Relation[K]]:
        """The ways this count is parted: none for a leaf."""
        return self._partitions.get(key, ())

    def beneath(self, key: K) -> Iterator[K]:
        """Its parts, their parts, and so on."""
        for relation in self.partitions(key):
            for part in relation.parts:
                yield part
                yield from self.beneath(part)

    def check(self, values: Mapping[K, int]) -> None:
        """Raises ValueError unless every count is there, none is negative and all add up."""
        if any(value < 0 for value in values.values()):
            raise ValueError("a count is never negative")
        self.check_known(values)
        for relation in self.top_down:
            if values[relation.whole] != sum(values[part] for part in relation.parts):
                raise ValueError(f"{relation.whole!r} is not the sum of its parts")

    def check_known(self, keys: Collection[K]) -> None:
        """Raises ValueError when a relation names a count that is not among these."""
        for relation in self.top_down:
            for key in (relation.whole, *relation.parts):
                if key not in keys:
                    raise ValueError(f"{key!r} has no count")

    def _walk(self) -> Iterator[Relation[K]]:
        waiting = [whole for whole in self._partitions if whole not in self.above]
        while waiting:
            for relation in self.partitions(waiting.pop()):
                yield relation
                waiting.extend(relation.parts)
