"""What a citizen would get, by the same templates as the real message, before it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

LMS_BYTES = 2000


@dataclass(frozen=True, slots=True)
class Preview:
    """A message as it would arrive, to whom, and what is odd about it."""

    body: str
    subject: str = ""
    to: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def now() -> datetime:
    return timezone.now()


def roads(voice: Any) -> list[str]:
    """By which roads this citizen can be reached."""
    known = {"sms": voice.citizen.phone, "email": voice.citizen.email}
    return [road for road, address in known.items() if address]
