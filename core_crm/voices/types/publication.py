"""What the public board says of voices: words, texts, rows, filters, and the facts told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from core_crm.calendars import SEOUL
from core_crm.events import Event


class BoardState(StrEnum):
    """What everybody may read of a voice's state: three words, as the case study publishes them."""

    GOING_ON = "going_on"
    DONE = "done"
    UNABLE = "unable"


class Standing(StrEnum):
    """Where an entry stands with the moderators. Only a published one is shown to anybody."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    TAKEN_BACK = "taken_back"


class BoardSort(StrEnum):
    """The order of the board; what changed last comes first."""

    NEWS = "news"
    ASKED = "asked"
    WAITING = "waiting"


class QueueView(StrEnum):
    """What moderators look through; `waiting` are voices of which the board says nothing yet."""

    PROPOSED = "proposed"
    WAITING = "waiting"
    CHANGED = "changed"
    PUBLISHED = "published"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class PublicText:
    """What an official writes for everybody: asked, done, and why it cannot be done."""

    title: str
    summary: str
    result: str = ""
    reason: str = ""
    law: str = ""
    alternative: str = ""


TEXT_LIMITS: dict[str, int] = {
    "title": 120,
    "summary": 600,
    "result": 1500,
    "reason": 500,
    "law": 200,
    "alternative": 500,
}
"""The most signs of each part."""


@dataclass(frozen=True, slots=True)
class BoardFilters:
    """What the board is narrowed to; an empty one narrows nothing. `month` is `2026-11`."""

    state: str = ""
    category: str = ""
    department: str = ""
    month: str = ""
    words: str = ""
    sort: str = BoardSort.NEWS


@dataclass(frozen=True, slots=True)
class BoardEntry:
    """One entry as a citizen reads it. `language` is that of its texts; nobody's name is in it."""

    id: UUID
    text: PublicText
    state: str
    language: str
    category_code: str
    category_label: str
    department_code: str
    department_name: str
    department_phone: str
    asked_at: datetime
    settled_at: datetime | None
    published_at: datetime | None
    changed_at: datetime
    is_behind: bool = False

    @property
    def days(self) -> int | None:
        """How many days after the day of asking it was answered; None while it goes on."""
        if self.settled_at is None:
            return None
        asked, settled = (at.astimezone(SEOUL).date() for at in (self.asked_at, self.settled_at))
        return (settled - asked).days


@dataclass(frozen=True, slots=True)
class BoardCounts:
    """How many entries stand in each state."""

    going_on: int
    done: int
    unable: int

    @property
    def total(self) -> int:
        return self.going_on + self.done + self.unable


@dataclass(frozen=True, slots=True)
class BoardPage:
    """One page of the board, from 1; the last one is known from the counts."""

    entries: tuple[BoardEntry, ...]
    counts: BoardCounts
    number: int
    last: int


@dataclass(frozen=True, slots=True)
class BoardChoices:
    """What one may narrow the board to: (code, name), and months, the newest first."""

    categories: tuple[tuple[str, str], ...]
    departments: tuple[tuple[str, str], ...]
    months: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoardMoment:
    """One public point of a voice's life: the act, without who and without words."""

    action: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the moderators' list."""

    ref: str
    title: str
    state: str
    standing: str
    category_label: str
    department_name: str
    at: datetime
    by_name: str = ""
    note: str = ""
    is_behind: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the form begins with; `names` are people whose names must not stand in the text."""

    text: PublicText
    names: tuple[str, ...] = field(default=())
    public_phones: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class PublicationPublished(Event):
    """A text about a voice is on the public board, for the first time or reworded."""

    kind: ClassVar[str] = "voices.publication_published"

    publication_id: UUID
    voice_id: UUID
    state: str
    version: int


@dataclass(frozen=True, slots=True)
class PublicationTakenBack(Event):
    """It is on the board no more."""

    kind: ClassVar[str] = "voices.publication_taken_back"

    publication_id: UUID
    voice_id: UUID
