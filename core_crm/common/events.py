"""What an event is, and who listens: the registry behind the door `core_crm.events`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID

JsonScalar = str | int | float | bool | None

_READERS: dict[str, Callable[[str], Any]] = {
    "UUID": UUID,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
}


@dataclass(frozen=True, slots=True)
class Event:
    """A fact that happened in a city. Fields are scalars, ids and instants; no personal data."""

    kind: ClassVar[str] = ""

    def payload(self) -> dict[str, JsonScalar]:
        """The fields as JSON scalars."""
        return {name: _written(value) for name, value in asdict(self).items()}

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """The event that was recorded. Fields added since then keep their default."""
        read = {
            field.name: _read(str(field.type), payload[field.name])
            for field in fields(cls)
            if field.name in payload
        }
        return cls(**read)


def _written(value: Any) -> JsonScalar:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _read(annotation: str, value: Any) -> Any:
    reader = _READERS.get(annotation.removesuffix(" | None"))
    return reader(value) if reader and value is not None else value


E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Receiver:
    """A named reaction to one kind of event."""

    name: str
    event: type[Event]
    react: Callable[[Any], None]


_receivers: dict[str, Receiver] = {}


def receiver(event: type[E], *, name: str) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Declare a reaction, `<room>.<what>`; it runs in one transaction with its mark."""

    def declare(react: Callable[[E], None]) -> Callable[[E], None]:
        known = _receivers.get(name)
        if known is not None and known.react is not react:
            raise ValueError(f"Receiver {name!r} is already declared.")
        _receivers[name] = Receiver(name, event, react)
        return react

    return declare


def receivers_of(kind: str) -> list[Receiver]:
    return [each for each in _receivers.values() if each.event.kind == kind]


def receiver_named(name: str) -> Receiver | None:
    return _receivers.get(name)
