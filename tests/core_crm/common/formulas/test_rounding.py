"""Half up, away from zero, on every exact tie."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_crm.common.formulas import round_half_up


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (Fraction(2, 3), 2, "0.67"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(95), 1, "95.0"),
        (Fraction(-1, 1000), 2, "0.00"),
        (Fraction(10**40) + Fraction(5, 100), 1, f"1{'0' * 40}.1"),
    ],
)
def test_examples(value: Fraction, digits: int, shown: str) -> None:
    assert str(round_half_up(value, digits)) == shown


@given(st.decimals(allow_nan=False, allow_infinity=False, places=9), st.integers(0, 6))
def test_as_decimal_rounds_what_a_decimal_can_hold(value: Decimal, digits: int) -> None:
    with localcontext(prec=60):
        expected = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    assert round_half_up(Fraction(value), digits) == expected


@given(st.fractions(), st.integers(0, 6))
def test_never_further_off_than_half_a_step(value: Fraction, digits: int) -> None:
    off = abs(Fraction(round_half_up(value, digits)) - value)
    assert off <= Fraction(1, 2 * 10**digits)
