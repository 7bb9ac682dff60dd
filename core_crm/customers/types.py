"""What others may hold of the customers room."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ContactChannel(StrEnum):
    """How a citizen wants to hear from the city."""

    SMS = "sms"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class CitizenCounts:
    """How often a citizen met the city, in all and by kind of meeting."""

    total: int
    by_kind: dict[str, int]
