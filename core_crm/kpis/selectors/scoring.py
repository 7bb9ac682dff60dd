"""From sums to points, for all rows at once. Reads nothing: numbers in, numbers out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from core_crm.kpis.types import Indicator, Method
from core_crm.kpis.types.scoring import NONE, Scorer, ranked, scorer
from core_crm.kpis.types.sheets import Score, ScoreItem

Sums = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Column:
    """An item made ready: a whole-number weight, and what gives points (None: by rank)."""

    indicator: Indicator
    weight: int
    give: Scorer | None
    is_zero_without: bool


def columns_of(items: Sequence[ScoreItem]) -> list[Column]:
    """The items with their weights over one denominator."""
    whole = lcm(*(item.weight.denominator for item in items))
    return [_column(item, int(item.weight * whole)) for item in items]


def _column(item: ScoreItem, weight: int) -> Column:
    definition = item.indicator.definition
    given = definition.evaluation
    if given is None:
        raise ValueError("an item without an evaluation has no points")
    give = None if given.method == Method.RANK else scorer(definition)
    return Column(item.indicator, weight, give, given.no_data == "zero")


def points_of(
    rows: Sequence[Sums], columns: Sequence[Column]
) -> tuple[list[tuple[Score, ...]], list[Fraction | None]]:
    """Each row's scores in the columns' order, and its weighted points; None of nothing.

    There is at least one column (`items_of` sees to it).
    """
    totals = Totals(len(rows))
    scored = []
    for column in columns:
        values = column.indicator.values(rows)
        points = _points(values, column)
        totals.add(column.weight, points)
        bases = [row.get(column.indicator.base, 0) for row in rows]
        scored.append(list(map(Score, values, points, bases)))
    lines: list[tuple[Score, ...]] = list(zip(*scored, strict=True))
    return lines, totals.means()


def _points(values: Sequence[Fraction | None], column: Column) -> list[Fraction | None]:
    """One item down all rows: each different number is judged once."""
    known = [one for one in values if one is not None]
    keys = [(one.numerator, one.denominator) for one in known]
    if column.give is None:
        given = dict(zip(keys, ranked(column.indicator.definition, known), strict=True))
    else:
        different = dict(zip(keys, known, strict=True))
        given = {key: column.give(one) for key, one in different.items()}
    without = NONE if column.is_zero_without else None
    return [without if one is None else given[one.numerator, one.denominator] for one in values]


class Totals:
    """Weighted means of many rows at once, each made one fraction at the end."""

    def __init__(self, rows: int) -> None:
        self._above, self._below, self._weights = [0] * rows, [1] * rows, [0] * rows

    def add(self, weight: int, points: Sequence[Fraction | None]) -> None:
        """The points of one item; None: it does not count in that row."""
        above, below, weights = self._above, self._below, self._weights
        for place, given in enumerate(points):
            if given is None:
                continue
            weights[place] += weight
            size, part = weight * given.numerator, given.denominator
            if part == 1:
                above[place] += size * below[place]
            else:
                above[place] = above[place] * part + size * below[place]
                below[place] *= part

    def means(self) -> list[Fraction | None]:
        return [
            Fraction(above, below * weight) if weight else None
            for above, below, weight in zip(self._above, self._below, self._weights, strict=True)
        ]
