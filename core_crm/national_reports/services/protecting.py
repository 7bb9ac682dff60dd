"""Which families to hide in which cells of a month, so that no count of 1 to 4 can be found.

First each count by itself (`core_crm.common.disclosure`): small ones and, of the others, as many
as keep the small ones from being computed. The counts of a family are hidden in the same cells, so
that one never says what another hides; where closings are hidden, so are the answers to their
survey. Then all of it is looked at as a reader would who knows how the counts depend on each other
(`knowledge`): where he could still learn too much, everything beside the cell is hidden with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from core_crm.common.disclosure import FEWEST, protect
from core_crm.common.disclosure.forest import Forest
from core_crm.kpis.types import MEASURES
from core_crm.national_reports.services.knowledge import (
    COUNTS,
    CountBounds,
    Seen,
    least_by_parts,
    worked_out,
)
from core_crm.national_reports.services.trees import CellKey, MonthTree
from core_crm.national_reports.types.families import COUNTED, Family, family_of

Hidden = dict[Family, set[CellKey]]


def hide(tree: MonthTree, *, complementary: bool = True) -> dict[CellKey, frozenset[Family]]:
    """Cell -> the families hidden in it.

    Without `complementary` only the small counts themselves are: for showing what would be lost.
    """
    hidden: Hidden = {family: _by_itself(tree, family, complementary) for family in Family}
    hidden[Family.RATED] |= hidden[Family.CLOSED]
    if complementary:
        _hide_until_safe(tree, hidden)
        hidden = _less_the_obvious(tree, hidden)
    return {
        key: frozenset(family for family in Family if key in hidden[family]) for key in tree.values
    }


def seen_of(tree: MonthTree, hidden: Mapping[Family, Iterable[CellKey]]) -> Seen:
    """What a reader sees of this month."""
    sets = {family: frozenset(keys) for family, keys in hidden.items()}
    shown = {
        count: {
            key: measures[count]
            for key, measures in tree.values.items()
            if key not in sets[family_of(count)]
        }
        for count in MEASURES
    }
    return Seen(shown, sets)


def told_too_much(tree: MonthTree, seen: Seen) -> list[tuple[Family, CellKey]]:
    """The small counts of which more can be learnt than that they are small, or hidden with one.

    Of a count of 1 to 4 every number from 1 (for a whole: from what its parts say) to one of 5 or
    more must remain possible.
    """
    found, known = [], worked_out(seen)
    for count in COUNTS:
        family, values = family_of(count), tree.counts(count)
        small = [key for key in seen.hidden[family] if 0 < values[key] < FEWEST]
        least = least_by_parts(seen.keys(), count, seen) if small else {}
        for key in small:
            low, high = known[count][key]
            if low > max(1, least[key]) or (high is not None and high < FEWEST):
                found.append((family, key))
    return found


def _by_itself(tree: MonthTree, family: Family, complementary: bool) -> set[CellKey]:
    found: set[CellKey] = set()
    for count in COUNTED[family]:
        values = tree.counts(count)
        if any(0 < value < FEWEST for value in values.values()):
            found |= protect(values, tree.relations, complementary=complementary)
    return found


def _hide_until_safe(tree: MonthTree, hidden: Hidden) -> None:
    """Comes to an end: each round hides more, and with everything hidden nothing is told.

    Raises ValueError should it not, rather than publish.
    """
    forest = Forest(tree.relations)
    while told := told_too_much(tree, seen_of(tree, hidden)):
        before = sum(map(len, hidden.values()))
        for family, key in told:
            hidden[family] |= _beside(tree, forest, family, hidden[family], key)
        hidden[Family.RATED] |= hidden[Family.CLOSED]
        if sum(map(len, hidden.values())) == before:
            raise ValueError("a month cannot be protected")


def _less_the_obvious(tree: MonthTree, hidden: Hidden) -> Hidden:
    """Without the cells that everybody can fill in: all parts of a shown whole but one are zeros.

    Hiding them protects nobody; showing them tells nothing new. None of them is small.
    """
    known = worked_out(seen_of(tree, hidden))
    less: Hidden = {family: set(keys) for family, keys in hidden.items()}
    for family, keys in hidden.items():
        for relation in tree.relations:
            parts = [part for part in relation.parts if part in keys]
            if relation.whole not in keys and _is_obvious(tree, known, family, parts):
                less[family].difference_update(parts)
    return hidden if told_too_much(tree, seen_of(tree, less)) else less


def _is_obvious(
    tree: MonthTree, known: CountBounds, family: Family, parts: Sequence[CellKey]
) -> bool:
    """Is every count of these cells known exactly, and at most one of the cells not empty?"""
    values = [[tree.values[part][count] for count in COUNTED[family]] for part in parts]
    exact = all(
        known[count][part].low == known[count][part].high
        for count in COUNTED[family]
        for part in parts
    )
    return (
        exact
        and sum(any(counts) for counts in values) <= 1
        and not any(0 < value < FEWEST for counts in values for value in counts)
    )


def _beside(
    tree: MonthTree,
    forest: Forest[CellKey],
    family: Family,
    hidden: set[CellKey],
    key: CellKey,
) -> set[CellKey]:
    """All parts of the cell's whole with everything beneath them; if they are, the whole month.

    Cells without a case stay shown: that a hidden one has some is known.
    """
    filled = {
        key
        for key, measures in tree.values.items()
        if any(measures[count] for count in COUNTED[family])
    }
    relation = forest.above.get(key)
    if relation is None:
        return filled
    below = {deep for part in relation.parts for deep in _with_parts(forest, part)} & filled
    return filled if below <= hidden else below


def _with_parts(forest: Forest[CellKey], key: CellKey) -> Iterator[CellKey]:
    """The cell, its parts, their parts."""
    yield key
    for relation in forest.partitions(key):
        for part in relation.parts:
            yield from _with_parts(forest, part)
