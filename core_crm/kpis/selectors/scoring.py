"""From sums to points, for all rows at once. Reads nothing: numbers in, numbers out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from core_crm.kpis.types import Indicator, Method
from core_crm.kpis.types.scoring import NONE, Scorer, ranked, scorer, weighted
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
    scored = [_scored(rows, column) for column in columns]
    weights = [column.weight for column in columns]
    lines: list[tuple[Score, ...]] = list(zip(*scored, strict=True))
    return lines, [
        weighted(
            (weight, one.points)
            for weight, one in zip(weights, line, strict=True)
            if one.points is not None
        )
        for line in lines
    ]


def _scored(rows: Sequence[Sums], column: Column) -> list[Score]:
    """One item down all rows."""
    value, base, give = column.indicator.value, column.indicator.base, column.give
    if give is None:
        return _by_rank(rows, column)
    without = NONE if column.is_zero_without else None
    scores = []
    for row in rows:
        found = value(row)
        points = without if found is None else give(found)
        scores.append(Score(found, points, row.get(base, 0)))
    return scores


def _by_rank(rows: Sequence[Sums], column: Column) -> list[Score]:
    indicator, without = column.indicator, NONE if column.is_zero_without else None
    values = [indicator.value(row) for row in rows]
    known = [one for one in values if one is not None]
    points = iter(ranked(indicator.definition, known))
    return [
        Score(one, without if one is None else next(points), row.get(indicator.base, 0))
        for one, row in zip(values, rows, strict=True)
    ]
