"""Finding somebody else while writing something down: a few covered lines to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from core_crm.customers.selectors import citizen_search, organisation_search
from sodam.staff.customer_words import ORGANISATIONS, birth_of, home_of, name_of, phone_of, word_of

MOST = 8


@dataclass(frozen=True, slots=True)
class Picked:
    """One that may be meant: `what` itself, and how it is told."""

    id: UUID
    what: Any
    name: str
    more: str


def people(text: str, citizen: Any) -> list[Picked]:
    """Citizens but this one."""
    return [one for one in anybody(text, limit=MOST + 1) if one.id != citizen.pk][:MOST]


def anybody(text: str, *, limit: int = MOST) -> list[Picked]:
    """Citizens known by what somebody tells of them."""
    today = timezone.localdate()
    return [
        Picked(
            one.pk,
            one,
            name_of(one.name),
            _joined(phone_of(one.phone), birth_of(one.birth_on, today=today), home_of(one)),
        )
        for one in citizen_search(text, limit=limit)
    ]


def bodies(text: str, citizen: Any) -> list[Picked]:
    """Bodies of that name, number or address."""
    return [
        Picked(
            one.pk,
            one,
            one.name,
            _joined(word_of(ORGANISATIONS, one.kind), home_of(one), phone_of(one.phone)),
        )
        for one in organisation_search(text, limit=MOST)
    ]


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
