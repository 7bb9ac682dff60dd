"""What anybody can work out about hidden counts from the ones that are shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from core_crm.common.disclosure.forest import Forest, Relation

K = TypeVar("K")


class Bounds(NamedTuple):
    """The least and the most a count can be; `high` None: no end."""

    low: int
    high: int | None

    def meet(self, other: Bounds) -> Bounds:
        """What holds when both hold."""
        highs = [high for high in (self.high, other.high) if high is not None]
        return Bounds(max(self.low, other.low), min(highs, default=None))

    def less(self, other: Bounds) -> Bounds:
        """Of a difference, which is not negative here."""
        low = 0 if other.high is None else self.low - other.high
        return Bounds(low, None if self.high is None else self.high - other.low)


UNKNOWN = Bounds(1, None)
"""Of a hidden count by itself: zeros are shown."""


def feasible(
    published: Mapping[K, int], hidden: Collection[K], relations: Sequence[Relation[K]]
) -> dict[K, tuple[int, int | None]]:
    """For each hidden count the least and the most it can be, exactly; most None: no end.

    Every whole number between the two is possible too. Raises ValueError when the relations are no
    forest, a count is neither published nor hidden, or no counts could give what is published.
    """
    forest = Forest(relations)
    forest.check_known({*published, *hidden})
    bounds = from_everywhere(forest, from_below(forest, published, hidden))
    if any(high is not None and high < low for low, high in bounds.values()):
        raise ValueError("no counts add up to what is published")
    return {key: bounds[key] for key in hidden}


def from_below(
    forest: Forest[K], published: Mapping[K, int], hidden: Collection[K]
) -> dict[K, Bounds]:
    """The bounds of every count by its own parts alone."""
    bounds = {key: Bounds(value, value) for key, value in published.items()}
    bounds.update(dict.fromkeys(hidden, UNKNOWN))
    for relation in reversed(forest.top_down):
        parts = total(bounds[part] for part in relation.parts)
        bounds[relation.whole] = bounds[relation.whole].meet(parts)
    return bounds


def from_everywhere(forest: Forest[K], below: Mapping[K, Bounds]) -> dict[K, Bounds]:
    """The bounds by a count's parts, by its whole and by all else: a part is the whole less the
    other parts."""
    bounds = dict(below)
    for relation in forest.top_down:
        parts = [below[part] for part in relation.parts]
        for part, rest in zip(relation.parts, rests(parts), strict=True):
            bounds[part] = below[part].meet(bounds[relation.whole].less(rest))
    return bounds


def total(parts: Iterable[Bounds]) -> Bounds:
    """The bounds of the sum."""
    lows, highs = zip((0, 0), *parts, strict=True)
    return Bounds(sum(lows), None if None in highs else sum(highs))


def rests(parts: Sequence[Bounds]) -> list[Bounds]:
    """For each part the bounds of the sum of the others."""
    low = sum(part.low for part in parts)
    high = sum(part.high for part in parts if part.high is not None)
    endless = sum(part.high is None for part in parts)
    return [
        Bounds(
            low - part.low,
            None if endless > (part.high is None) else high - (part.high or 0),
        )
        for part in parts
    ]
