"""Which counts to hide: the small ones, and as many others as keep the small ones from being found.

A hidden count is safe when it may be 5 or more for all that anybody can work out, and is at least
no more than what its own parts say. So one without parts may be any of 1, 2, 3, 4 and a larger
number, whichever it is. Of a hidden whole its shown parts and the number of its hidden ones are
known; nothing from elsewhere may add to that, nor leave a single value.

Not covered: who also knows that the smallest other part is hidden first may take some of the larger
values for unlikely; and what is true of a month may be told by other months or other sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from core_crm.common.disclosure.bounds import Bounds, from_below, from_everywhere
from core_crm.common.disclosure.forest import Forest, Relation

K = TypeVar("K")

FEWEST = 5
"""The smallest count that may be shown, but for zero."""


def protect(
    values: Mapping[K, int], relations: Sequence[Relation[K]], *, complementary: bool = True
) -> frozenset[K]:
    """The counts to hide: those from 1 to 4 and, if `complementary`, those that would give them
    away. Deterministic. Raises ValueError when the relations are no forest or do not add up."""
    forest = Forest(relations)
    forest.check(values)
    hidden = {key for key, value in values.items() if 0 < value < FEWEST}
    if complementary:
        _Protection(values, forest, hidden).complete()
    return frozenset(hidden)


class _Protection(Generic[K]):
    """Adds to what is hidden, smallest counts first, until every hidden count is safe."""

    def __init__(self, values: Mapping[K, int], forest: Forest[K], hidden: set[K]) -> None:
        self._values = values
        self._forest = forest
        self._hidden = hidden

    def complete(self) -> None:
        """It comes to an end: each round hides something, and when all but the zeros are hidden
        everything is safe."""
        self._hide_a_part_of_each_hidden_whole()
        while unsafe := self._unsafe():
            self._hidden.update([self._to_hide_for(key) for key in unsafe])
            self._hide_a_part_of_each_hidden_whole()

    def _hide_a_part_of_each_hidden_whole(self) -> None:
        """In each of its partitions, for it is their sum; so nothing limits a hidden whole from
        above but its own whole."""
        for relation in self._forest.top_down:
            if relation.whole in self._hidden and self._hidden.isdisjoint(relation.parts):
                self._hidden.add(self._smallest(self._shown(relation.parts)))

    def _unsafe(self) -> list[K]:
        """The hidden counts of which too much can be found."""
        shown = {key: value for key, value in self._values.items() if key not in self._hidden}
        below = from_below(self._forest, shown, self._hidden)
        bounds = from_everywhere(self._forest, below)
        known = self._known_anyway(below)
        hidden = (key for key in self._values if key in self._hidden)
        return [key for key in hidden if not _is_safe(bounds[key], known[key])]

    def _known_anyway(self, below: Mapping[K, Bounds]) -> dict[K, int]:
        """The least each count can be by its parts; the only part that is no zero is its whole."""
        known = {key: bounds.low for key, bounds in below.items()}
        for relation in self._forest.top_down:
            present = [part for part in relation.parts if self._values[part]]
            if len(present) == 1:
                known[present[0]] = max(known[present[0]], known[relation.whole])
        return known

    def _to_hide_for(self, key: K) -> K:
        """What to hide next for an unsafe count: another part of its whole; when they are hidden,
        the whole; when that is hidden too, what would be hidden for the whole.

        A root never comes here: with a hidden part in each partition nothing limits it.
        """
        relation = self._forest.above[key]
        if others := self._shown(relation.parts):
            return self._smallest(others)
        if relation.whole not in self._hidden:
            return relation.whole
        return self._to_hide_for(relation.whole)

    def _shown(self, keys: Iterable[K]) -> list[K]:
        """Those that could be hidden: shown now, and no zeros."""
        return [key for key in keys if self._values[key] and key not in self._hidden]

    def _smallest(self, keys: Sequence[K]) -> K:
        return min(keys, key=lambda key: self._values[key])


def _is_safe(bounds: Bounds, known: int) -> bool:
    """No more is found than is known anyway, and it may be 5 or more, and is not one value."""
    return bounds.low <= known and (bounds.high is None or bounds.high >= max(FEWEST, known + 1))
