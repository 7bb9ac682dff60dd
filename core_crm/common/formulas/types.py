"""What a formula is made of and gives: kinds of values, and the formula itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeAlias

Given: TypeAlias = int | Fraction | Decimal | bool | str | None
"""What a name may stand for. No float: its 0.1 is not a tenth."""
Value: TypeAlias = Fraction | bool | str | None
"""What a formula gives; None (null) is "not known"."""
Run: TypeAlias = Callable[[Mapping[str, Given]], Any]
"""A compiled part of a formula. Its kind was checked when it was read, so it is not typed again."""


class Kind(StrEnum):
    """What sort of value a part of a formula gives."""

    NUMBER = "number"
    TRUTH = "truth"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read and checked. `names`: those it really uses."""

    source: str
    kind: Kind
    names: frozenset[str]
    _run: Run = field(repr=False, compare=False)

    def evaluate(self, values: Mapping[str, Given]) -> Value:
        """The value for these values of the names; never an error for values of the right kinds.

        A missing name is null, and so is a number out of bounds (see `numbers`).
        """
        value: Value = self._run(values)
        return value
