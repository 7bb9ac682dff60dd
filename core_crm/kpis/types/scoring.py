"""Points for a number (0 to 100), exactly. Pure: the same document and number, the same points.

Scoring thousands of officials is arithmetic on whole numbers: a line is prepared once as integers,
and one fraction is made per number.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import TypeAlias

from core_crm.kpis.types.evaluation import Direction, Evaluation, Method
from core_crm.kpis.types.indicators import KpiDefinition

Scorer: TypeAlias = Callable[[Fraction], Fraction]
NONE, FULL = Fraction(0), Fraction(100)


def score(
    definition: KpiDefinition, value: Fraction, *, peers: Sequence[Fraction] = ()
) -> Fraction:
    """The points of one number. `peers`: all numbers evaluated together, for the method `rank`."""
    if _evaluation(definition).method != Method.RANK:
        return scorer(definition)(value)
    everybody = list(peers) if value in peers else [*peers, value]
    return ranked(definition, everybody)[everybody.index(value)]


def scorer(definition: KpiDefinition) -> Scorer:
    """What gives the points of a number, by any method but `rank`."""
    given = _evaluation(definition)
    return _MAKERS[given.method](definition, given)


def ranked(definition: KpiDefinition, values: Sequence[Fraction]) -> list[Fraction]:
    """The points of all, by their places: equal numbers share the better place; one alone, 100.

    Put in order as whole numbers over one denominator; comparing fractions is most of the work.
    """
    merits = [merit(definition, value) for value in values]
    whole = lcm(*{one.denominator for one in merits}) if merits else 1
    sizes = [one.numerator * (whole // one.denominator) for one in merits]
    better, last = _places(sizes), len(sizes) - 1
    points = {one: FULL * (last - place) / last if last else FULL for one, place in better.items()}
    return [points[one] for one in sizes]


def _places(sizes: Sequence[int]) -> dict[int, int]:
    """Number -> how many are greater."""
    found: dict[int, int] = {}
    for place, one in enumerate(sorted(sizes, reverse=True)):
        found.setdefault(one, place)
    return found


def merit(definition: KpiDefinition, value: Fraction) -> Fraction:
    """A number by which the better is the greater; for a band, 0 inside and less outside."""
    if definition.band is not None:
        low, high = Fraction(definition.band.low), Fraction(definition.band.high)
        return min(value - low, high - value, NONE)
    return -value if definition.direction == Direction.LOWER else value


def _evaluation(definition: KpiDefinition) -> Evaluation:
    if definition.evaluation is None:
        raise ValueError("an indicator without an evaluation has no points")
    return definition.evaluation


def line(start: Decimal, end: Decimal) -> Scorer:
    """0 points at `start` and before it, 100 at `end` and beyond, straight between."""
    slope = FULL / (Fraction(end) - Fraction(start))
    shift = -Fraction(start) * slope
    whole = lcm(slope.denominator, shift.denominator)
    steep = slope.numerator * (whole // slope.denominator)
    above = shift.numerator * (whole // shift.denominator)

    def points(value: Fraction) -> Fraction:
        below = value.denominator
        share = steep * value.numerator + above * below
        if share <= 0:
            return NONE
        below *= whole
        return FULL if share >= 100 * below else Fraction(share, below)

    return points


def _asked(number: Decimal | None) -> Decimal:
    """What the method needs; a document without it was refused when it was read."""
    if number is None:
        raise ValueError("a document was scored that was never validated")
    return number


def _linear(definition: KpiDefinition, given: Evaluation) -> Scorer:
    floor, ceiling, band = _asked(given.floor), _asked(given.ceiling), definition.band
    if band is None:
        return line(floor, ceiling)
    rising, falling = line(floor, band.low), line(ceiling, band.high)
    start = Fraction(band.low)
    return lambda value: rising(value) if value <= start else falling(value)


def _target_ratio(definition: KpiDefinition, given: Evaluation) -> Scorer:
    target = _asked(definition.target)
    if definition.direction == Direction.HIGHER:
        return line(Decimal(0), target)
    aim = Fraction(target)
    return lambda value: FULL if value <= aim else FULL * aim / value


def _step(definition: KpiDefinition, given: Evaluation) -> Scorer:
    reaches = _reaches(definition)
    steps = [(reaches(one.since), Fraction(one.points)) for one in given.grades.values()]
    steps.sort(key=lambda step: step[1], reverse=True)

    def points(value: Fraction) -> Fraction:
        return next((worth for is_reached, worth in steps if is_reached(value)), NONE)

    return points


def _met(definition: KpiDefinition, given: Evaluation) -> Scorer:
    if definition.band is not None:
        return lambda value: NONE if merit(definition, value) else FULL
    is_met = _reaches(definition)(_asked(definition.target))
    return lambda value: FULL if is_met(value) else NONE


def _reaches(definition: KpiDefinition) -> Callable[[Decimal], Callable[[Fraction], bool]]:
    """For a border: is a number at it, or beyond it in the better direction?"""
    compare = operator.le if definition.direction == Direction.LOWER else operator.ge

    def at(border: Decimal) -> Callable[[Fraction], bool]:
        exact = Fraction(border)
        return lambda value: bool(compare(value, exact))

    return at


_MAKERS: dict[Method, Callable[[KpiDefinition, Evaluation], Scorer]] = {
    Method.LINEAR: _linear,
    Method.TARGET_RATIO: _target_ratio,
    Method.STEP: _step,
    Method.MET: _met,
}
