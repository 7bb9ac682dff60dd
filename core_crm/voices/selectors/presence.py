"""Who has a voice open right now: short-lived marks in the city's cache, not in the database."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from redis.exceptions import RedisError

from core_crm.voices.models import Voice
from core_crm.voices.types import Presence
from tenants.isolation.keys import city_cache

log = logging.getLogger(__name__)

FRESH = timedelta(seconds=40)
Marks = Mapping[str, tuple[str, bool, str]]
"""Official's id -> name, is writing, ISO instant."""


def presence_key(voice_id: UUID) -> str:
    return f"voice-presence-{voice_id}"


def presence_of(voice: Voice, *, now: datetime) -> list[Presence]:
    """Who has it open, those who write first."""
    return presence_many([voice.id], now=now).get(voice.id, [])


def presence_many(voice_ids: Iterable[UUID], *, now: datetime) -> dict[UUID, list[Presence]]:
    """The same for the rows of a list, in one look. Without the cache nobody is seen."""
    keys = {presence_key(each): each for each in voice_ids}
    try:
        found = city_cache().get_many(keys)
    except RedisError as away:
        log.warning("presence_unknown", extra={"reason": type(away).__name__})
        return {}
    seen = {keys[key]: _fresh(marks, now) for key, marks in found.items()}
    return {voice_id: people for voice_id, people in seen.items() if people}


def _fresh(marks: Marks, now: datetime) -> list[Presence]:
    people = [
        Presence(UUID(official), name, is_writing, datetime.fromisoformat(at))
        for official, (name, is_writing, at) in marks.items()
    ]
    here = [person for person in people if person.at >= now - FRESH]
    return sorted(here, key=lambda person: (not person.is_writing, person.name))
