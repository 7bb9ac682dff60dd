"""One mark at the broker that says: the directory of cities has changed. Seen within seconds."""

from __future__ import annotations

import logging
from typing import Any
from uuid import uuid4

from django.core.cache import caches
from redis.exceptions import RedisError

KEY = "sodam:directory"
log = logging.getLogger(__name__)


def directory_stamp() -> bytes | None:
    """The newest mark; None when there is none, or the broker is away."""
    try:
        found: bytes | None = _client(write=False).get(KEY)
    except RedisError:
        return None
    return found


def directory_changed() -> None:
    """Every process reads the directory again within DIRECTORY_LOOK_SECONDS.

    Called after the change is committed. Without a broker they do within DIRECTORY_SECONDS.
    """
    try:
        _client(write=True).set(KEY, uuid4().hex)
    except RedisError:
        log.warning("directory_stamp_not_set")


def _client(*, write: bool) -> Any:
    """Past Django's key function: the mark belongs to no city."""
    cache: Any = caches["default"]
    return cache._cache.get_client(write=write)
