"""The way in for somebody new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that opens once and until `expires_at`; whoever has it sets the password."""

    official_id: UUID
    email: str
    name: str
    language: str
    url: str
    made_at: datetime
    expires_at: datetime
