"""Five classes of one measure, bounded by round numbers, so that a legend can be read aloud."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

CLASSES = 5
ROUND_STEPS = (1, 2, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True, slots=True)
class Scale:
    """Class `n` (1–5) begins at `bounds[n - 2]`; class 1 has no lower bound, class 5 no upper."""

    bounds: tuple[Fraction, ...]

    def class_of(self, value: Fraction) -> int:
        """1 for the smallest values, at most 5 for the largest."""
        return 1 + sum(value >= bound for bound in self.bounds)


def scale_of(values: Iterable[Fraction], *, decimals: int) -> Scale:
    """Four bounds at equal, round steps that part these values; none where all are alike.

    Equal steps rather than equal counts: a government is never coloured far from another that has
    nearly the same value. `decimals`: no step is finer than what is written.
    """
    known = sorted(values)
    if not known or known[0] == known[-1]:
        return Scale(())
    step = _step(known[0], known[-1], finest=Fraction(1, 10**decimals))
    start = math.floor(known[0] / step) * step
    return Scale(tuple(start + step * count for count in range(1, CLASSES)))


def _step(least: Fraction, most: Fraction, *, finest: Fraction) -> Fraction:
    """The smallest round step whose five classes hold all values."""
    power = math.floor(math.log10(float(most - least) / CLASSES))
    for exponent in (power, power + 1):
        for times in ROUND_STEPS:
            step = max(Fraction(10) ** exponent * times, finest)
            if math.floor(least / step) * step + CLASSES * step > most:
                return step
    raise AssertionError("a step of ten powers more holds everything")
