"""Work that people hold: asked of every room above that keeps some."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


class WorkHolder(Protocol):
    """A room above that can say what an official holds, and move it when they are transferred."""

    kind: str
    label_ko: str

    def held_by(self, official_id: UUID) -> int:
        """How many open pieces of work the official holds."""
        ...

    def hand_over(
        self,
        from_official_id: UUID,
        to_official_id: UUID,
        *,
        by_official_id: UUID | None,
        now: datetime,
    ) -> int:
        """Move all of it to a colleague, in the caller's transaction; how many were moved.

        `by_official_id` is who ordered it, None for the system.
        """
        ...

    def held_in(self, department_id: UUID) -> int:
        """How many open pieces of work a department holds, whoever in it has them."""
        ...

    def move_unit(
        self,
        from_department_id: UUID,
        to_department_id: UUID,
        *,
        by_official_id: UUID | None,
        now: datetime,
    ) -> int:
        """A department ends: its work goes to another in the caller's transaction; how many.

        Who has the work keeps it: people move with their department. What sends new work to the
        one that ends is to send it to the other from now on.
        """
        ...


@dataclass(frozen=True, slots=True)
class HeldWork:
    """How much of one kind of work an official holds."""

    kind: str
    label_ko: str
    count: int
