"""What lists and pages show of voices, ready to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from core_crm.common.custom_fields import Shown
from core_crm.voices.types.words import VoiceAction


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """Where a voice's lawful clock stands now.

    `left_seconds` are working seconds and negative once overdue; `used_ratio` is the used share of
    the period (1 = due). `tone` is go, soon (a working day or less), over, paused or done.
    `target_at`: the city's own promise, if it made one; `target_tone` go, soon or over, and empty
    once the lawful clock says all there is to say.
    """

    due_at: datetime
    left_seconds: int
    used_ratio: float
    is_over: bool
    is_paused: bool
    tone: str
    target_at: datetime | None = None
    target_tone: str = ""


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """One line of an inbox. The citizen's name is masked, and so are the city's own `fields`."""

    id: UUID
    ref: str
    title: str
    channel: str
    category_code: str
    category_label: str
    petition_class: str
    is_compound: bool
    citizen_name: str
    status: str
    status_label: str
    phase: str
    outcome: str
    department_name: str
    officer_id: UUID | None
    officer_name: str
    received_at: datetime
    due_at: datetime
    updated_at: datetime
    reopened_count: int
    version: int
    is_test: bool
    clock: ClockFacts
    fields: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class InboxFilters:
    """What a view is narrowed to; an empty one narrows nothing.

    `department_code` is exactly that department (`-`: no department), `under_department` it with
    all below. Days are Seoul's, `_before` is not included. Settled: closed as answered or unable.
    `phase` is the standard word of a `status`. `among`: ids, or a query of them, that another room
    found. `fields`: values of the city's own fields by code, a choice by its code.
    """

    category: str = ""
    petition_class: str = ""
    channel: str = ""
    status: str = ""
    phase: str = ""
    department_code: str = ""
    under_department: str = ""
    officer_id: UUID | None = None
    is_compound: bool | None = None
    is_settled: bool | None = None
    received_from: date | None = None
    received_before: date | None = None
    closed_from: date | None = None
    closed_before: date | None = None
    among: Iterable[UUID] | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VoiceFilters:
    """What a program's list is narrowed to. `status` is the standard word, not the city's own.

    `fields`: values of the city's own fields by code.
    """

    status: str = ""
    category: str = ""
    petition_class: str = ""
    channel: str = ""
    department: str = ""
    received_from: datetime | None = None
    received_before: datetime | None = None
    updated_from: datetime | None = None
    is_open: bool | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AllowedAction:
    """A thing this official may do now; when they may not, `why_not` says why."""

    action: str
    label: str
    is_allowed: bool = True
    why_not: str = ""
    requires_comment: bool = False

    @property
    def is_own(self) -> bool:
        """A step that only this city's workflow knows."""
        return self.action not in list(VoiceAction)


@dataclass(frozen=True, slots=True)
class Presence:
    """A colleague who has the voice open right now."""

    official_id: UUID
    name: str
    is_writing: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class ThreadItem:
    """One piece of the conversation, with how its message fared on its way."""

    id: UUID
    kind: str
    body: str
    at: datetime
    is_public: bool
    author_name: str = ""
    author_department: str = ""
    message_channel: str = ""
    message_state: str = ""


@dataclass(frozen=True, slots=True)
class PublicNumbers:
    """What a front page tells of one month, in plain figures; None where there is no data."""

    month: str
    received: int
    answered: int
    unable: int
    median_days: float | None
    within_due_percent: float | None
    by_category: dict[str, int] = field(default_factory=dict)
