"""What every part of the product may know of a city, and of long work that only the owner does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

OPEN, SUSPENDED, NOT_OPEN, CLOSED = "open", "suspended", "not_open", "closed"


class Purpose(StrEnum):
    """What a city's schema is for. Only the service itself has jobs, figures and messages."""

    SERVICE = "service"
    COPY = "copy"  # restored beside the service, to be looked at or switched to
    TRAINING = "training"  # a copy with invented persons


@dataclass(frozen=True, slots=True)
class CityRef:
    """The city being served, as its own pages and messages may name it.

    `code` names its schema, login and host; `region_code` the government it serves: for the service
    itself they are equal, a copy has another code. `generation` grows when another schema
    takes this city's place, and when the city is made anew. `limits`: see the model City; what is
    not named is unlimited.
    """

    code: str
    name_ko: str
    name_en: str
    short_name_ko: str
    status: str
    official_site: bool
    standard_version: str
    plugin: str
    host: str
    region_code: str
    purpose: str = Purpose.SERVICE
    is_trial: bool = False
    public_at: datetime | None = None
    generation: int = 0
    limits: Mapping[str, int] = field(default_factory=dict, hash=False)

    @property
    def schema_name(self) -> str:
        return self.code

    @property
    def is_service(self) -> bool:
        """The government's own city, not a copy of it."""
        return self.purpose == Purpose.SERVICE

    @property
    def sends(self) -> bool:
        """May anything leave the house? Not in trial, and never from a copy."""
        return self.is_service and not self.is_trial


class OperationKind(StrEnum):
    """What only the owner may do with a city."""

    OPEN = "open"
    MIGRATE = "migrate"
    BACKUP = "backup"
    RESTORE = "restore"
    TEST_RESTORE = "test_restore"
    SWITCH = "switch"
    EXPORT = "export"
    CLOSE = "close"
    ERASE = "erase"
    ROLL_BACK = "roll_back"


class OperationState(StrEnum):
    """Where an operation stands. CANCELLED: what it had done was taken back."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class StepState(StrEnum):
    """Where a step of an operation stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"


ENDED = (OperationState.DONE, OperationState.FAILED, OperationState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks for an operation; `id` None for a terminal or a schedule.

    `origin`: console, studio, cli, schedule.
    """

    id: UUID | None
    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One step as it stands. `done` of `total`: how far it is, when it can say so."""

    position: int
    name: str
    label_ko: str
    label_en: str
    state: StepState
    started_at: datetime | None
    ended_at: datetime | None
    seconds: float | None
    attempts: int
    done: int | None
    total: int | None
    detail: str


@dataclass(frozen=True, slots=True)
class OperationFacts:
    """An operation with its steps in order. `city_code` "" is every city.

    `stands`: it keeps other operations of its city away: it waits, runs, or failed half done.
    """

    id: UUID
    kind: OperationKind
    city_code: str
    arguments: Mapping[str, Any]
    state: OperationState
    asked_by_id: UUID | None
    asked_by_name: str
    origin: str
    reason: str
    needs_approval: bool
    approved_by_id: UUID | None
    approved_by_name: str
    approved_at: datetime | None
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    attempts: int
    result: Mapping[str, Any]
    problem: str
    cancel_asked: bool
    stands: bool
    steps: tuple[StepFacts, ...] = ()

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED

    @property
    def awaits_approval(self) -> bool:
        """It will not begin before a second person agrees."""
        return self.needs_approval and self.approved_at is None and not self.is_ended

    @property
    def steps_done(self) -> int:
        return sum(step.state == StepState.DONE for step in self.steps)

    @property
    def seconds(self) -> float | None:
        """From its first beginning to its end; None before both are known."""
        if self.started_at is None or self.ended_at is None:
            return None
        return round((self.ended_at - self.started_at).total_seconds(), 3)


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One line of an operation's log. `id` grows; `level` is info, warn or error."""

    id: int
    step: str
    at: datetime
    level: str
    words: str


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What operators tell officials from `starts_at` until `ends_at`. `cities` empty: all.

    `tone`: info or warn.
    """

    cities: tuple[str, ...]
    tone: str
    words_ko: str
    words_en: str
    starts_at: datetime
    ends_at: datetime
