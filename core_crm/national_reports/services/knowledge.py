"""What a careful reader of the tables can work out about the hidden counts of one month.

He subtracts shown parts from shown wholes, up and down every partition; he knows the rules of
hiding, and which count lies within which: a settled case is a closed one, an answer comes from
somebody invited, a compound case is a statutory one by law.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from core_crm.common.disclosure.bounds import Bounds, from_everywhere, total
from core_crm.common.disclosure.forest import Forest
from core_crm.national_reports.services.trees import COMPOUND, STATUTORY, CellKey, relations_of
from core_crm.national_reports.types.families import COUNTED, Family, family_of
from core_crm.surveys.types import SCORED_ITEMS

COUNTS = tuple(name for family in Family for name in COUNTED[family])
NESTED = (
    ("settled", "closed"),
    ("rated", "invited"),
    *((f"{item}_count", "rated") for item in SCORED_ITEMS),
)
CountBounds: TypeAlias = dict[str, dict[CellKey, Bounds]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What is published of one month's counts: count -> cell -> number, and what is hidden."""

    shown: Mapping[str, Mapping[CellKey, int]]
    hidden: Mapping[Family, Collection[CellKey]]

    def keys(self) -> list[CellKey]:
        found = [*self.shown["received"], *self.hidden[Family.RECEIVED]]
        return sorted(found)


def worked_out(seen: Seen) -> CountBounds:
    """For each count the bounds of every cell.

    That a hidden cell has a closing is almost always true, but not by rule (its family may be
    hidden for an invitation alone): where that contradicts what is shown, it is not assumed.
    """
    bold = _at_rest(seen, sure=("received", "closed"))
    return _at_rest(seen, sure=("received",)) if _is_impossible(bold) else bold


def _at_rest(seen: Seen, *, sure: Collection[str]) -> CountBounds:
    """Subtract and compare until nothing new is learnt."""
    forest = Forest(relations_of(seen.keys()))
    found = {count: _start(count, seen, sure) for count in COUNTS}
    while True:
        wider = {count: _propagated(forest, bounds) for count, bounds in found.items()}
        narrower = _within_each_other(wider)
        if narrower == found or _is_impossible(narrower):
            return narrower
        found = narrower


def from_below(forest: Forest[CellKey], start: Mapping[CellKey, Bounds]) -> dict[CellKey, Bounds]:
    """The bounds of each cell by its own parts."""
    bounds = dict(start)
    for relation in reversed(forest.top_down):
        parts = total(bounds[part] for part in relation.parts)
        bounds[relation.whole] = bounds[relation.whole].meet(parts)
    return bounds


def _start(count: str, seen: Seen, sure: Collection[str]) -> dict[CellKey, Bounds]:
    """What is known of each cell by itself; of a count that is `sure` a hidden one is no zero."""
    unknown = Bounds(int(count in sure), None)
    exact = {key: Bounds(value, value) for key, value in seen.shown[count].items()}
    return exact | dict.fromkeys(seen.hidden[family_of(count)], unknown)


def _propagated(forest: Forest[CellKey], start: Mapping[CellKey, Bounds]) -> dict[CellKey, Bounds]:
    return from_everywhere(forest, from_below(forest, start))


def _within_each_other(found: CountBounds) -> CountBounds:
    bounds = {count: dict(cells) for count, cells in found.items()}
    for small, large in NESTED:
        for key in bounds[small]:
            _order(bounds[small], key, bounds[large], key)
    for cells in bounds.values():
        if COMPOUND in cells and STATUTORY in cells:
            _order(cells, COMPOUND, cells, STATUTORY)
    return bounds


def _order(
    small: dict[CellKey, Bounds], one: CellKey, large: dict[CellKey, Bounds], other: CellKey
) -> None:
    """The first is not more than the second."""
    small[one] = small[one].meet(Bounds(0, large[other].high))
    large[other] = large[other].meet(Bounds(small[one].low, None))


def _is_impossible(found: CountBounds) -> bool:
    return any(
        high is not None and high < low for cells in found.values() for low, high in cells.values()
    )


def least_by_parts(keys: Sequence[CellKey], count: str, seen: Seen) -> dict[CellKey, int]:
    """The least each cell can be by its own parts: so much is known of a hidden whole anyway.

    The only part of a whole that is no zero is that whole, and known as well as it is.
    """
    forest = Forest(relations_of(keys))
    start = _start(count, seen, ("received", "closed"))
    least = {key: bounds.low for key, bounds in from_below(forest, start).items()}
    for relation in forest.top_down:
        present = [part for part in relation.parts if start[part].high != 0]
        if len(present) == 1:
            least[present[0]] = max(least[present[0]], least[relation.whole])
    return least
