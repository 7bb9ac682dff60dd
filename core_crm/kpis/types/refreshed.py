"""What a refresh of the facts did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FactsRefreshed:
    """The facts up to and including `date`: `rows` of them, their `digest` (SHA-256, hex).

    `days` is how many days were computed anew. The digest is one of codes and numbers, so equal
    facts have equal digests, however often and in whatever order they were computed.
    """

    date: date
    days: int
    rows: int
    digest: str
