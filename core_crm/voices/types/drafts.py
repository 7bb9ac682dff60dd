"""What somebody hands in before it is a voice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core_crm.extension_points import Json


@dataclass(frozen=True, slots=True)
class CitizenDraft:
    """Who is speaking. Without a phone and an e-mail address the person stays anonymous."""

    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class VoiceDraft:
    """What a citizen says, as it came in by `channel`.

    `received_at` is set when it arrived earlier than it is registered (a letter, an import). A
    `reply_channel` is "sms" or "email"; empty means the citizen's own preference. `attributes` are
    values of the city's custom fields by code; `by_program`: only those that programs may know.
    """

    title: str
    body: str
    channel: str
    citizen: CitizenDraft
    category: str = ""
    service_code: str = ""
    location: str = ""
    attributes: Mapping[str, Json] = field(default_factory=dict)
    language: str = "ko"
    reply_channel: str = ""
    is_public: bool = False
    received_at: datetime | None = None
    by_program: bool = False
