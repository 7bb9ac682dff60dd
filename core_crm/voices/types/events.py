"""Facts about voices that other rooms, and plugins, may react to. No personal data in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from core_crm.events import Event


@dataclass(frozen=True, slots=True)
class VoiceRegistered(Event):
    """A voice was taken in. `is_backdated`: it was received on an earlier day than it was taken in.

    One taken in `in_bulk` may be settled already; its file tells of it too (`VoicesImported`).
    """

    kind: ClassVar[str] = "voices.voice_registered"

    voice_id: UUID
    ref: str
    petition_class: str
    category: str
    channel: str
    department_code: str
    is_backdated: bool = True
    in_bulk: bool = False


@dataclass(frozen=True, slots=True)
class VoicesImported(Event):
    """Some rows of a file were taken in. `days`: those of their receipts and closings, in Seoul."""

    kind: ClassVar[str] = "voices.voices_imported"

    batch_id: UUID
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class VoiceAssigned(Event):
    """A voice went to a department, and perhaps to one of its officials."""

    kind: ClassVar[str] = "voices.voice_assigned"

    voice_id: UUID
    department_code: str
    officer_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class VoiceStarted(Event):
    """Somebody has begun to work on a voice."""

    kind: ClassVar[str] = "voices.voice_started"

    voice_id: UUID


@dataclass(frozen=True, slots=True)
class VoiceStepped(Event):
    """A step that only this city's workflow knows was taken."""

    kind: ClassVar[str] = "voices.voice_stepped"

    voice_id: UUID
    action: str
    to_status: str


@dataclass(frozen=True, slots=True)
class VoiceAppended(Event):
    """The citizen added words of their own accord."""

    kind: ClassVar[str] = "voices.voice_appended"

    voice_id: UUID
    entry_id: UUID


@dataclass(frozen=True, slots=True)
class VoiceClockAdjusted(Event):
    """Time was left out of the count, or a time for a supplement was moved."""

    kind: ClassVar[str] = "voices.clock_adjusted"

    voice_id: UUID
    adjustment: str


@dataclass(frozen=True, slots=True)
class SupplementRequested(Event):
    """The citizen was asked for more; the clock stands still from this day on."""

    kind: ClassVar[str] = "voices.supplement_requested"

    voice_id: UUID
    entry_id: UUID


@dataclass(frozen=True, slots=True)
class SupplementReceived(Event):
    """What was asked for has come; the clock goes on after this day."""

    kind: ClassVar[str] = "voices.supplement_received"

    voice_id: UUID
    entry_id: UUID


@dataclass(frozen=True, slots=True)
class VoiceExtended(Event):
    """The processing period was extended, lawfully and in writing."""

    kind: ClassVar[str] = "voices.voice_extended"

    voice_id: UUID
    reason_code: str
    with_consent: bool


@dataclass(frozen=True, slots=True)
class VoiceEscalated(Event):
    """The city's own promise is nearly or wholly used: `to` is the role that is asked to look."""

    kind: ClassVar[str] = "voices.voice_escalated"

    voice_id: UUID
    to: str


@dataclass(frozen=True, slots=True)
class VoiceReclassified(Event):
    """The class or category was corrected, and with it the due instant."""

    kind: ClassVar[str] = "voices.voice_reclassified"

    voice_id: UUID
    from_class: str
    to_class: str


@dataclass(frozen=True, slots=True)
class VoiceFilledIn(Event):
    """The city's own fields of a voice were filled in or corrected."""

    kind: ClassVar[str] = "voices.voice_filled_in"

    voice_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VoiceAnswered(Event):
    """An answer was given."""

    kind: ClassVar[str] = "voices.voice_answered"

    voice_id: UUID
    ref: str
    entry_id: UUID


@dataclass(frozen=True, slots=True)
class VoiceClosed(Event):
    """A voice ended. `closing_no` counts the closings of the same voice from 1."""

    kind: ClassVar[str] = "voices.voice_closed"

    voice_id: UUID
    ref: str
    outcome: str
    closing_no: int
    department_code: str
    officer_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class VoiceReopened(Event):
    """A closed voice is open again, because it was not solved. `closed_at`: the undone closing."""

    kind: ClassVar[str] = "voices.voice_reopened"

    voice_id: UUID
    ref: str
    reopened_count: int
    closed_at: datetime | None = None
