"""The one rounding there is: half up, away from zero (사사오입), of an exact number."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def round_half_up(value: Fraction, digits: int) -> Decimal:
    """The value with so many decimals, all of them shown: 2/3 → `0.67`, -1/8 → `-0.13`."""
    return Decimal(f"{_scaled(value, digits)}E-{digits}")


def rounded(value: Fraction, digits: int) -> Fraction:
    """The same as a rational, to count on with."""
    return Fraction(_scaled(value, digits), 10**digits)


def _scaled(value: Fraction, digits: int) -> int:
    """The nearest whole number of 10⁻ᵈⁱᵍⁱᵗˢ; a tie goes away from zero."""
    scale: int = 10**digits
    size = (2 * abs(value.numerator) * scale + value.denominator) // (2 * value.denominator)
    return size if value >= 0 else -size
