"""What a browser may send for a number."""

from __future__ import annotations

import pytest

from sodam.ui.numbers import whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("17", 17), ("100", 100)])
def test_digits_are_a_number(text: str, number: int) -> None:
    assert whole_number(text, most=100) == number


@pytest.mark.parametrize("text", ["", "-1", "1.5", "²", "٣", "1e3", " 7", "101", "9" * 5000])
def test_anything_else_is_none(text: str) -> None:
    """Superscripts and thousands of digits gave a server error."""
    assert whole_number(text, most=100) is None
