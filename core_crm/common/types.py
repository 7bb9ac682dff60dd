"""What the common tools hand out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")
U = TypeVar("U")

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to a request with an Idempotency-Key; `is_replay`: it was given before."""

    answer: Json
    is_replay: bool


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list. `next_cursor` is "" on the last one."""

    items: Sequence[T]
    next_cursor: str = ""

    @property
    def has_more(self) -> bool:
        return bool(self.next_cursor)

    def map(self, show: Callable[[T], U]) -> Page[U]:
        """The same page with each item shown in another way."""
        return Page([show(item) for item in self.items], self.next_cursor)
