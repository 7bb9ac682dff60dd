"""One mark at the broker that says: the directory of cities has changed. Seen within seconds."""

from __future__ import annotations

import logging
from uuid import uuid4

from redis.exceptions import RedisError

from tenants.isolation.broker import broker_client

KEY = "sodam:directory"
log = logging.getLogger(__name__)


def directory_stamp() -> bytes | None:
    """The newest mark; None when there is none, or the broker is away."""
    try:
        found: bytes | None = broker_client().get(KEY)
    except RedisError:
        return None
    return found


def directory_changed() -> None:
    """Every process reads the directory again within DIRECTORY_LOOK_SECONDS.

    Called after the change is committed. Without a broker they do within DIRECTORY_SECONDS.
    """
    try:
        broker_client().set(KEY, uuid4().hex)
    except RedisError:
        log.warning("directory_stamp_not_set")
