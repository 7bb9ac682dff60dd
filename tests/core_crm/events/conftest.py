"""Facts and receivers of the tests; every receiver is taken out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

import pytest

from core_crm.common.events import forget_receiver
from core_crm.common.models import IdempotencyRecord
from core_crm.events import Event, receiver

React = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class KettleBoiled(Event):
    kind: ClassVar[str] = "tests.kettle_boiled"

    kettle_id: UUID


def write(name: str) -> None:
    """A row of a receiver's own."""
    IdempotencyRecord.objects.create(scope="written", key=name, request_hash="")


def written() -> list[str]:
    rows = IdempotencyRecord.objects.filter(scope="written").order_by("id")
    return list(rows.values_list("key", flat=True))


@pytest.fixture
def listen() -> Iterator[Callable[[str, React], None]]:
    """`listen("tests.tea", react)`: a receiver for the length of the test."""
    names: list[str] = []

    def declare(name: str, react: React) -> None:
        names.append(name)
        receiver(KettleBoiled, name=name)(react)

    yield declare
    for name in names:
        forget_receiver(name)
