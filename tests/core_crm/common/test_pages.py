"""Pages by cursor: nothing twice, nothing left out, and no cursor breaks anything."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_crm.common.errors import CursorNotValid
from core_crm.common.models import RecordedEvent
from core_crm.common.pages import decode, encode, page_of
from tests.conftest import ServedCity, kst

ORDER = ("-recorded_at", "kind", "id")


@pytest.fixture
def facts(busan: ServedCity) -> list[RecordedEvent]:
    """Seven facts, several at one instant and of one kind."""
    start = kst("2026-11-02 09:00")
    return [
        RecordedEvent.objects.create(
            kind=f"test.{number % 2}",
            payload={},
            recorded_at=start + timedelta(minutes=number // 3),
        )
        for number in range(7)
    ]


def walk(size: int) -> list[RecordedEvent]:
    seen: list[RecordedEvent] = []
    cursor = ""
    while True:
        page = page_of(RecordedEvent.objects.all(), order=ORDER, cursor=cursor, size=size)
        seen += page.items
        assert len(page.items) <= size
        if not page.has_more:
            return seen
        cursor = page.next_cursor


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_every_row_comes_once_and_in_order(facts: list[RecordedEvent], size: int) -> None:
    assert walk(size) == list(RecordedEvent.objects.order_by(*ORDER))


def test_a_row_that_comes_in_between_shifts_nothing(facts: list[RecordedEvent]) -> None:
    first = page_of(RecordedEvent.objects.all(), order=ORDER, cursor="", size=3)
    RecordedEvent.objects.create(kind="test.new", payload={}, recorded_at=kst("2026-11-03 09:00"))
    second = page_of(RecordedEvent.objects.all(), order=ORDER, cursor=first.next_cursor, size=3)
    assert not set(first.items) & set(second.items)


@pytest.mark.parametrize(
    "cursor",
    ["x", "%%%", "한글", encode(["1"]), encode(["soon", "a", "b"]), encode(["", "", ""])],
)
def test_a_foreign_cursor_is_refused(facts: list[RecordedEvent], cursor: str) -> None:
    with pytest.raises(CursorNotValid):
        page_of(RecordedEvent.objects.all(), order=ORDER, cursor=cursor, size=3)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    with suppress(CursorNotValid):
        decode(text, count=2)
