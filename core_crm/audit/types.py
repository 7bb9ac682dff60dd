"""Who acts, and what may be said of an act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

Fact = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Actor:
    """An official (or key) by id and name as it was then; `origin` is the network address."""

    id: UUID
    name: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class SealBroken:
    """The first seal whose entries are no longer what was sealed."""

    number: int
    sealed_at: datetime


@dataclass(frozen=True, slots=True)
class SealHead:
    """The newest seal: what a chain that was not rewritten goes on containing."""

    number: int
    digest: str


VISIT, VISIT_ASKED, VISIT_SEEN = "operator_visit", "operator.visit_asked", "operator.looked"
"""How the audit names an operator's visit, the asking, and each page that was looked at."""


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """A visit that is under way, as the city's own pages tell it."""

    id: UUID
    operator_name: str
    reason: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Alert:
    """Something in the access log to be asked about: a rule's code, an official, how many people.

    `last` is the moment of the newest row that it is about.
    """

    code: str
    actor_id: UUID
    actor_name: str
    count: int
    last: datetime
