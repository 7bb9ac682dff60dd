"""What others may hold of the voices room: words, drafts, rows of lists, facts that happened."""

from core_crm.common.types import Page
from core_crm.voices.types.catalogue import CategoryEntry, CategoryList, ServiceEntry, ServiceList
from core_crm.voices.types.drafts import CitizenDraft, VoiceDraft
from core_crm.voices.types.events import (
    SupplementReceived,
    SupplementRequested,
    VoiceAnswered,
    VoiceAssigned,
    VoiceClosed,
    VoiceExtended,
    VoiceReclassified,
    VoiceRegistered,
    VoiceReopened,
)
from core_crm.voices.types.extensions import EXTENSION_REASONS, ExtensionReason
from core_crm.voices.types.rows import (
    AllowedAction,
    ClockFacts,
    InboxFilters,
    Presence,
    PublicNumbers,
    ThreadItem,
    VoiceFilters,
    VoiceRow,
)
from core_crm.voices.types.words import (
    AdjustmentKind,
    DraftKind,
    EntryKind,
    InboxSort,
    InboxView,
    Outcome,
    PetitionClass,
    VoiceAction,
    VoiceChannel,
    VoicePhase,
)

__all__ = [
    "EXTENSION_REASONS",
    "AdjustmentKind",
    "AllowedAction",
    "CategoryEntry",
    "CategoryList",
    "CitizenDraft",
    "ClockFacts",
    "DraftKind",
    "EntryKind",
    "ExtensionReason",
    "InboxFilters",
    "InboxSort",
    "InboxView",
    "Outcome",
    "Page",
    "PetitionClass",
    "Presence",
    "PublicNumbers",
    "ServiceEntry",
    "ServiceList",
    "SupplementReceived",
    "SupplementRequested",
    "ThreadItem",
    "VoiceAction",
    "VoiceAnswered",
    "VoiceAssigned",
    "VoiceChannel",
    "VoiceClosed",
    "VoiceDraft",
    "VoiceExtended",
    "VoiceFilters",
    "VoicePhase",
    "VoiceReclassified",
    "VoiceRegistered",
    "VoiceReopened",
    "VoiceRow",
]
