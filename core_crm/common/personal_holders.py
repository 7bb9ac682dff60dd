"""Rooms that hold data of persons, each saying by itself what it holds and how it forgets it.

    class VoicesHeld:
        code, label_ko = "voices", "민원"
        ...

    register_holder(VoicesHeld())   # in the room's apps.py

Whoever answers a citizen, erases one, or carries out a period of retention walks over all of them.
A citizen's ids are the survivor's and its aliases' (`customers.selectors.own_ids`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from django.db import models


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


def held_row(
    row: models.Model,
    kind: str,
    *,
    at: datetime | None = None,
    more: Mapping[str, str] | None = None,
    hidden: Sequence[str] = (),
) -> HeldRow:
    """A row with all its columns that say something, by their Korean names.

    Left out: keys and links (they are our own numbers), what is locked, and `hidden` ones. `more`:
    what the links lead to.
    """
    values = {
        str(column.verbose_name): said
        for column in row._meta.concrete_fields
        if column.attname not in hidden and not isinstance(column, _OURS)
        if (said := _said(getattr(row, column.attname)))
    }
    return HeldRow(kind, str(row._meta.verbose_name), at, values | dict(more or {}))


_OURS = (models.ForeignKey, models.UUIDField, models.BinaryField)


def _said(value: object) -> str:
    match value:
        case None | "" | [] | {} | ():
            return ""
        case bool():
            return "예" if value else "아니요"
        case date():
            return value.isoformat()
        case list() | tuple() if all(isinstance(one, str) for one in value):
            return ", ".join(value)
        case dict() | list() | tuple():
            return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return str(value)


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
