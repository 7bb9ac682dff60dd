"""Saying that one has a voice open, or has left it."""

from __future__ import annotations

import logging
from datetime import datetime

from redis.exceptions import RedisError

from core_crm.staff.models import Official
from core_crm.voices.models import Voice
from core_crm.voices.selectors.presence import FRESH, presence_key
from tenants.isolation.keys import city_cache

log = logging.getLogger(__name__)

KEPT_SECONDS = 2 * int(FRESH.total_seconds())


def presence_touch(voice: Voice, *, official: Official, is_writing: bool, now: datetime) -> None:
    """Note that the official is looking at the voice, or writing. Repeat within 40 seconds.

    Two touches in the same instant may lose one; the next beat brings it back.
    """
    _change(voice, official, (official.name, is_writing, now.isoformat()))


def presence_leave(voice: Voice, *, official: Official) -> None:
    """Note that the official has closed the page."""
    _change(voice, official, None)


def _change(voice: Voice, official: Official, mark: tuple[str, bool, str] | None) -> None:
    key = presence_key(voice.id)
    try:
        marks = dict(city_cache().get(key) or {})
        marks.pop(str(official.id), None)
        if mark:
            marks[str(official.id)] = mark
        city_cache().set(key, marks, timeout_seconds=KEPT_SECONDS)
    except RedisError as away:  # nobody's work stops because a mark could not be set
        log.warning("presence_not_kept", extra={"reason": type(away).__name__})
