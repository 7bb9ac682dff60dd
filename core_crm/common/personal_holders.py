"""Rooms that hold data of persons, each saying by itself what it holds and how it forgets it.

    class VoicesHeld:
        code, label_ko = "voices", "민원"
        ...

    register_holder(VoicesHeld())   # in the room's apps.py

Whoever answers a citizen, erases one, or carries out a period of retention walks over all of them.
A citizen's ids are the survivor's and its aliases' (`customers.selectors.own_ids`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One thing that is held of a person. `values`: name of the field in Korean -> as text."""

    kind: str
    label: str
    at: datetime | None
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LegalHold:
    """What must be kept although its person asked for erasure, with the law that says so."""

    kind: str
    label: str
    count: int
    basis: str


class PersonalDataHolder(Protocol):
    """What a room tells of the persons in its tables.

    `subjects`: which subjects of the `retention` documents it carries out. `due` and `purge` are
    asked for these only; `before`: the instant up to which rows are no longer kept.
    """

    code: str
    label_ko: str
    subjects: frozenset[str]

    def held(self, ids: Sequence[UUID]) -> Iterator[HeldRow]:
        """Everything that is held of this person."""
        ...

    def holds(self, ids: Sequence[UUID]) -> list[LegalHold]:
        """What an erasure will leave, and why."""
        ...

    def erase(self, ids: Sequence[UUID], *, now: datetime) -> int:
        """Remove or make anonymous all that no law keeps; how many rows."""
        ...

    def due(self, subject: str, *, before: datetime) -> int:
        """How many rows are past their time."""
        ...

    def purge(self, subject: str, *, before: datetime, limit: int, now: datetime) -> int:
        """Forget up to `limit` of these; how many. 0: there are none left."""
        ...


_holders: dict[str, PersonalDataHolder] = {}


def register_holder(holder: PersonalDataHolder) -> None:
    """Raises ValueError when another one has the code."""
    known = _holders.get(holder.code)
    if known is not None and type(known) is not type(holder):
        raise ValueError(f"The holder {holder.code!r} is registered already.")
    _holders[holder.code] = holder


def holders() -> list[PersonalDataHolder]:
    """All that are registered, by their codes."""
    return [_holders[code] for code in sorted(_holders)]
