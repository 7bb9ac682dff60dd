"""What steps each kind of operation has, declared once at import; and what runs by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from tenants.types import OperationFacts, OperationKind

Level = Literal["info", "warn", "error"]
Side = Literal["owner", "serving"]


@dataclass(frozen=True, slots=True)
class Said:
    """A line for the log of the step."""

    words: str
    level: Level = "info"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the step is."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Found:
    """Facts that become part of the operation's result."""

    facts: Mapping[str, Any]


Told = Said | Progress | Found


@dataclass(slots=True)
class StepContext:
    """What a step may know and say. Nothing said here is personal: it stands in the shared schema.

    `results`: what earlier steps found, and this one so far.
    """

    operation_id: UUID
    kind: OperationKind
    city_code: str
    arguments: dict[str, Any]
    results: dict[str, Any]
    now: Callable[[], datetime]
    tell: Callable[[Told], None]

    def say(self, words: str, level: Level = "info") -> None:
        """A line of the log, seen at once."""
        self.tell(Said(words, level))

    def progress(self, done: int, total: int) -> None:
        """So far `done` of `total`."""
        self.tell(Progress(done, total))

    def result(self, **facts: Any) -> None:
        """Facts for the operation's result; JSON values. Kept at once, also when the step fails."""
        self.results.update(facts)
        self.tell(Found(facts))


StepWork = Callable[[StepContext], None]


@dataclass(frozen=True, slots=True)
class StepSpec:
    """One idempotent step: after a kill it is run again from its beginning.

    `side`: the owner's process, or a serving one with the rights of web and worker. `undo` takes
    back what the step did, or half did; by the owner, and safe to repeat. None: nothing to do.
    """

    name: str
    run: StepWork
    side: Side = "owner"
    undo: StepWork | None = None
    label_ko: str = ""
    label_en: str = ""


StepsOf = Callable[[OperationFacts], list[StepSpec]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of operation. `stands_when_failed`: what it left half done must be ended first."""

    steps: StepsOf
    stands_when_failed: bool = False


Ask = Callable[[datetime], object]


@dataclass(slots=True)
class _Registry:
    kinds: dict[OperationKind, Kind] = field(default_factory=dict)
    schedules: dict[str, Ask] = field(default_factory=dict)


_registry = _Registry()


def register_operation(
    kind: OperationKind, steps: StepsOf, *, stands_when_failed: bool = False
) -> None:
    """Say what steps a kind has. `steps` is asked in any process and touches no database."""
    if kind in _registry.kinds:
        raise ValueError(f"The steps of {kind} are declared already.")
    _registry.kinds[kind] = Kind(steps, stands_when_failed)


def register_schedule(name: str, ask: Ask) -> None:
    """`ask(now)` is called by the provisioner about every minute; it asks for what is due."""
    _registry.schedules[name] = ask


def kind_of(kind: OperationKind | str) -> Kind:
    """Raises KeyError for a kind of which no steps are declared."""
    return _registry.kinds[OperationKind(kind)]


def schedules() -> Mapping[str, Ask]:
    return dict(_registry.schedules)


def steps_of(operation: OperationFacts) -> list[StepSpec]:
    """The operation's steps in order; none when this release does not know the kind."""
    known = _registry.kinds.get(operation.kind)
    return known.steps(operation) if known else []
