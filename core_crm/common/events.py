"""What a fact is, and who listens: the registry behind the door `core_crm.events`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self, TypeVar

from pydantic import TypeAdapter

# A fact names who and what by id. What it says of a person stays in the room that holds it.
PERSONAL = frozenset({"name", "phone", "email", "address", "title", "body", "text", "comment"})


@dataclass(frozen=True, slots=True)
class Event:
    """A fact that happened in a city: ids, codes, numbers and instants; no personal data.

    ::

        @dataclass(frozen=True, slots=True)
        class VoiceClosed(Event):
            kind: ClassVar[str] = "voices.voice_closed"

            voice_id: UUID
    """

    kind: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super(Event, cls).__init_subclass__(**kwargs)
        mine = (cls.__module__, cls.__name__)  # `slots=True` makes each class twice
        if not cls.kind or _kinds.setdefault(cls.kind, mine) != mine:
            raise TypeError(f"{cls.__name__}: an event needs a kind of its own.")

    def payload(self) -> dict[str, Any]:
        """The fields as JSON values."""
        written: dict[str, Any] = _adapter(type(self)).dump_python(self, mode="json")
        return written

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """The event that was recorded. Fields added since then keep their default."""
        read: Self = _adapter(cls).validate_python(payload)
        return read


_kinds: dict[str, tuple[str, str]] = {}
_adapters: dict[str, TypeAdapter[Any]] = {}

E = TypeVar("E", bound=Event)


def _adapter(event: type[Event]) -> TypeAdapter[Any]:
    if event.kind not in _adapters:
        personal = PERSONAL & {field.name for field in fields(event)}
        if personal:
            raise TypeError(f"{event.__name__} carries personal data: {sorted(personal)}.")
        _adapters[event.kind] = TypeAdapter(event)
    return _adapters[event.kind]


def _always(_event: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Receiver:
    """A named reaction to one kind of event. What is owed to it is kept under its name."""

    name: str
    event: type[Event]
    react: Callable[[Any], None]
    concerns: Callable[[Any], bool] = _always


_receivers: dict[str, Receiver] = {}


def receiver(
    event: type[E], *, name: str, concerns: Callable[[E], bool] = _always
) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Declare a reaction, `<room>.<what>`. It runs after the commit, again until it succeeds.

    `concerns` is asked when the fact is recorded: of a fact that does not concern it, nothing is
    owed to the reaction.

    What it writes commits together with its mark: exactly once. What it does outside the database
    may happen again, so it writes an outgoing message and never sends one. Facts may arrive in
    another order than they happened.
    """

    def declare(react: Callable[[E], None]) -> Callable[[E], None]:
        known = _receivers.get(name)
        if known is not None and known.react is not react:
            raise ValueError(f"Receiver {name!r} is already declared.")
        _receivers[name] = Receiver(name, event, react, concerns)
        return react

    return declare


def forget_receiver(name: str) -> None:
    """Take a reaction out again. What is owed to it waits until it is declared anew."""
    _receivers.pop(name, None)


def receivers_of(event: Event) -> list[Receiver]:
    """The reactions this fact is owed to."""
    heard = (each for each in _receivers.values() if each.event.kind == event.kind)
    return [each for each in heard if each.concerns(event)]


def receiver_named(name: str) -> Receiver | None:
    return _receivers.get(name)


def receiver_names() -> list[str]:
    return sorted(_receivers)
