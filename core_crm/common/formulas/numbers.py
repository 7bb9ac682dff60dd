"""Numbers of formulas: exact rationals, null for "not known", and none of endless length."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from core_crm.common.formulas.types import Given

MOST_BITS = 8192
"""Of a numerator or denominator. A longer number is null. No formula over counts below 10¹² and
constants as they may be written comes near: it has at most a hundred of them, 80 bits each."""


def number(given: Given) -> Fraction | None:
    """A given number as an exact rational; null for what has no finite value or is out of bounds.

    Raises TypeError for a text or a float: its giver broke the contract of `evaluate`.
    """
    if given is None:
        return None
    if isinstance(given, Decimal) and not _is_moderate(given):
        return None
    if isinstance(given, int | Fraction | Decimal):
        return bounded(Fraction(given))
    raise TypeError(f"a formula counts with exact numbers, not with {type(given).__name__}")


def _is_moderate(given: Decimal) -> bool:
    """Asked before 1E+999999999 is written out in digits."""
    return (
        given.is_finite()
        and abs(given.adjusted()) < MOST_BITS
        and len(given.as_tuple().digits) < MOST_BITS
    )


def bounded(value: Fraction) -> Fraction | None:
    """The value, or null when it is too long to be meant."""
    longest = max(value.numerator.bit_length(), value.denominator.bit_length())
    return value if longest <= MOST_BITS else None


def add(left: Fraction, right: Fraction) -> Fraction | None:
    return bounded(left + right)


def subtract(left: Fraction, right: Fraction) -> Fraction | None:
    return bounded(left - right)


def multiply(left: Fraction, right: Fraction) -> Fraction | None:
    return bounded(left * right)


def divide(left: Fraction, right: Fraction) -> Fraction | None:
    """Null when divided by zero: a rate of nothing is not known."""
    return bounded(left / right) if right else None
