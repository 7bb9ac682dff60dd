"""A voice's past as another system, or the demo world, hands it over: finished facts, no acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from core_crm.calendars import Due, Period


@dataclass(frozen=True, slots=True)
class PastAct:
    """One act that was taken. `by` is an official's e-mail, empty for citizen and system."""

    action: str
    to_status: str
    at: datetime
    due_at: datetime
    by: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class PastEntry:
    """One piece of the conversation."""

    kind: str
    body: str
    at: datetime
    author: str = ""
    is_public: bool = True


@dataclass(frozen=True, slots=True)
class PastAdjustment:
    """What moved the clock. A supplement without `ends_at` is still being waited for."""

    kind: str
    starts_at: datetime
    ends_at: datetime | None
    article: str
    by: str
    at: datetime
    clock_no: int = 1
    reply_by_on: date | None = None
    reason_code: str = ""
    reason: str = ""
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class PastVoice:
    """A voice with all that happened to it. Codes, not rows: departments, category, service.

    `due` is the present count's, `original_due_at` the first one's. The last act tells the state.
    `attributes`: values of the city's own fields.
    """

    id: UUID
    title: str
    body: str
    category: str
    petition_class: str
    period: Period
    channel: str
    citizen_id: UUID
    department: str
    received_at: datetime
    clock_from_at: datetime
    due: Due
    original_due_at: datetime
    acts: tuple[PastAct, ...]
    entries: tuple[PastEntry, ...] = ()
    adjustments: tuple[PastAdjustment, ...] = ()
    officer: str = ""
    service: str = ""
    is_compound: bool = False
    location: str = ""
    language: str = "ko"
    reply_channel: str = ""
    is_public: bool = False
    outcome: str = ""
    public_reason: str = ""
    reopened_count: int = 0
    attributes: Mapping[str, str] = field(default_factory=dict)
