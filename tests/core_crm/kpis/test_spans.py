"""Periods of evaluation as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_crm.kpis.errors import PeriodNotReadable
from core_crm.kpis.types import Cadence, Span


@pytest.mark.parametrize(
    ("text", "first", "until"),
    [
        ("2026-10", "2026-10-01", "2026-11-01"),
        ("2026-12", "2026-12-01", "2027-01-01"),
        ("2026-Q4", "2026-10-01", "2027-01-01"),
        ("2026-Q1", "2026-01-01", "2026-04-01"),
        ("2026-H1", "2026-01-01", "2026-07-01"),
        ("2026-H2", "2026-07-01", "2027-01-01"),
        ("2026", "2026-01-01", "2027-01-01"),
    ],
)
def test_what_is_written_is_read(text: str, first: str, until: str) -> None:
    span = Span.read(text)
    assert (span.first.isoformat(), span.until.isoformat()) == (first, until)
    assert str(span) == text


@pytest.mark.parametrize("text", ["", "2026-13", "2026-Q5", "2026-H3", "26-10", "2026-1", "올해"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(PeriodNotReadable):
        Span.read(text)


@given(st.sampled_from(Cadence), st.dates(date(1990, 1, 1), date(2200, 1, 1)))
def test_a_span_holds_its_day_and_follows_the_one_before(cadence: Cadence, day: date) -> None:
    span = Span.of(cadence, day)
    assert span.first <= day < span.until
    assert Span.read(str(span)) == span
    assert span.before().until == span.first
    assert span.before().cadence == cadence
