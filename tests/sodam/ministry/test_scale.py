"""Five classes with round bounds."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sodam.ministry.scale import CLASSES, scale_of


def test_percentages_get_bounds_that_can_be_read_aloud() -> None:
    values = [Fraction(text) for text in ("41.7", "57.4", "48", "52.6", "45.8")]
    assert scale_of(values, decimals=1).bounds == (44, 48, 52, 56)


def test_equal_values_have_one_class() -> None:
    scale = scale_of([Fraction(3), Fraction(3)], decimals=1)
    assert (scale.bounds, scale.class_of(Fraction(3))) == ((), 1)


def test_nobody_has_no_classes() -> None:
    assert scale_of([], decimals=1).bounds == ()


def test_no_bound_is_finer_than_what_is_written() -> None:
    bounds = scale_of([Fraction("4.21"), Fraction("4.22")], decimals=2).bounds
    assert all(bound * 100 == int(bound * 100) for bound in bounds)


@given(st.lists(st.fractions(-10_000, 10_000), min_size=2, max_size=16), st.integers(0, 3))
def test_every_value_has_a_class_and_larger_ones_no_smaller(
    values: list[Fraction], decimals: int
) -> None:
    scale = scale_of(values, decimals=decimals)
    classes = [scale.class_of(value) for value in sorted(values)]
    assert classes == sorted(classes)
    assert set(classes) <= set(range(1, CLASSES + 1))
    assert len(set(scale.bounds)) == len(scale.bounds)
