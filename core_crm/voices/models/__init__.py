"""The voice of the citizen (고객의 소리) and all that hangs on one."""

from core_crm.voices.models.catalogue import Category, ServiceItem
from core_crm.voices.models.clock import ClockAdjustment
from core_crm.voices.models.conversation import ReplyDraft, VoiceEntry
from core_crm.voices.models.publication import Publication
from core_crm.voices.models.transitions import VoiceTransition
from core_crm.voices.models.voice import Voice

__all__ = [
    "Category",
    "ClockAdjustment",
    "Publication",
    "ReplyDraft",
    "ServiceItem",
    "Voice",
    "VoiceEntry",
    "VoiceTransition",
]
