"""The seven functions of the language: what each takes, gives and does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from core_crm.common.formulas import running
from core_crm.common.formulas.rounding import rounded
from core_crm.common.formulas.types import Run


@dataclass(frozen=True, slots=True)
class Function:
    """`fewest`..`most` arguments (None: any number), all numbers unless `takes_any_kind`.

    What takes any kind takes one kind in all its arguments and gives that kind.
    """

    make: Callable[[Sequence[Run]], Run]
    fewest: int
    most: int | None
    takes_any_kind: bool = False

    def takes(self, count: int) -> bool:
        return self.fewest <= count and (self.most is None or count <= self.most)

    @property
    def how_many(self) -> str:
        return f"{self.fewest}개" if self.most == self.fewest else f"{self.fewest}개 이상"


def nonzero(value: Fraction) -> Fraction | None:
    return value or None


def clamp(value: Fraction, low: Fraction, high: Fraction) -> Fraction:
    return min(max(value, low), high)


def round_to(parts: Sequence[Run]) -> Run:
    """`round(value, digits)`; the digits are a constant, as the reader has seen to."""
    value, digits = parts[0], int(parts[1]({}))
    return running.strict(lambda exact: rounded(exact, digits), value)


FUNCTIONS = {
    "abs": Function(lambda parts: running.strict(abs, *parts), 1, 1),
    "clamp": Function(lambda parts: running.strict(clamp, *parts), 3, 3),
    "coalesce": Function(running.first_known, 2, None, takes_any_kind=True),
    "max": Function(lambda parts: running.known(max, parts), 2, None),
    "min": Function(lambda parts: running.known(min, parts), 2, None),
    "nz": Function(lambda parts: running.strict(nonzero, *parts), 1, 1),
    "round": Function(round_to, 2, 2),
}
