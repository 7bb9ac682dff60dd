"""Each city's share of the workers. What is kept here is at the broker, and may be lost with it.

Two rules. A job that waits already is not sent again: so the queue holds at most one message for
each job of a city, and who comes last stands behind one round of the others, never behind one
city's thousands. And a city runs only a few jobs of a class at once: the rest is set aside, and
each job that ends sends one of them again, to the end of the queue. (Putting it back for a moment
was tried: hundreds that came back every second kept the workers from everything else.) Long work is
done in slices that ask to be called again; so the cities take turns, slice by slice.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.conf import settings
from redis.exceptions import RedisError

from tenants.isolation.keys import broker_client
from tenants.isolation.queues import Queue
from tenants.isolation.slots import GIVE_BACK, LEASE_SECONDS, TAKE, keep, let_go

log = logging.getLogger(__name__)

SLICE_SECONDS = 4.0
"""How long a job works before it asks to be called again."""
WAITING_SECONDS = 30.0
"""A job that waits longer is sent again: its message may have been lost."""


class Slice:
    """A stretch of work: is there time for another piece? What is left is the next one's."""

    def __init__(self, seconds: float = SLICE_SECONDS) -> None:
        self._until = time.monotonic() + seconds

    def has_time(self) -> bool:
        return time.monotonic() < self._until


def jobs_at_once(queue: Queue) -> int:
    """How many jobs of a class one city may run at once, all workers together."""
    at_once: int = settings.CITY_JOBS_AT_ONCE
    return at_once if queue == Queue.TRANSACTIONAL else max(1, at_once // 2)


def is_first(city: str, job: str, given: Mapping[str, Any], *, seconds: float) -> bool:
    """Is no such job of this city waiting? Then this one is. Without the broker: yes."""
    until = int(min(seconds, WAITING_SECONDS) * 1000)
    try:
        return bool(broker_client().set(_waiting(city, job, given), 1, nx=True, px=max(1, until)))
    except RedisError:
        return True


def waits_no_longer(city: str, job: str, given: Mapping[str, Any]) -> None:
    """The job begins: whoever asks for it from now on must be heard."""
    try:
        broker_client().delete(_waiting(city, job, given))
    except RedisError:
        log.warning("waiting_not_ended", extra={"job": job})


def slot_take(city: str, queue: Queue, message: str) -> str | None:
    """A token while the city runs fewer jobs of the class than it may; without the broker, too.

    None: all its slots are taken, and the message is set aside until one is given back.
    """
    token, keys = uuid4().hex, (_slots(city, queue), _aside(city, queue))
    given = [LEASE_SECONDS, jobs_at_once(queue), token, message]
    try:
        if not broker_client().eval(TAKE, len(keys), *keys, *given):
            return None
    except RedisError:
        return token
    keep(_slots(city, queue), token)
    return token


def slot_give_back(city: str, queue: Queue, token: str) -> str | None:
    """Give the slot back; the message that was set aside first, to be sent again."""
    let_go(_slots(city, queue), token)
    keys = (_slots(city, queue), _aside(city, queue))
    try:
        found: bytes | None = broker_client().eval(GIVE_BACK, len(keys), *keys, token)
    except RedisError:
        log.warning("slot_not_given_back", extra={"queue": str(queue)})
        return None
    return found.decode() if found else None


def _aside(city: str, queue: Queue) -> str:
    return f"sodam:{city}:aside:{queue}"


def _slots(city: str, queue: Queue) -> str:
    return f"sodam:{city}:running:{queue}"


def _waiting(city: str, job: str, given: Mapping[str, Any]) -> str:
    text = json.dumps(dict(given), sort_keys=True, default=str)
    mark = hashlib.sha256(text.encode()).hexdigest()[:12]
    return f"sodam:{city}:waiting:{job}:{mark}"
