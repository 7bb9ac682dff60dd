"""Each city's share of the workers. What is kept here is at the broker, and may be lost with it.

A job that waits already is not sent again. And a city has only a few turns of a class: so many of
its messages are in the queue or at work; the others are set aside, and a turn that ends sends the
first of them, to the end of the queue. So who comes last stands behind one round of the cities,
never behind one city's thousands. Long work is done in slices that ask to be called again.

Two simpler rules were tried and measured, each worse than none (docs/decisions/0019): putting back
what finds no slot, and setting it aside when a worker has taken it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.conf import settings
from redis.exceptions import RedisError

from tenants.isolation.broker import broker_client
from tenants.isolation.queues import Queue
from tenants.isolation.turns import ASK, LEASE_SECONDS, PASS_ON, RENEW, keep, let_go

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
    """How many turns of a class one city has, all workers together."""
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


def turn_ask(city: str, queue: Queue, message: str) -> str | None:
    """A turn for a message that is to be sent now; without the broker, too.

    None: all turns of the city are taken, and the message is set aside until one ends.
    """
    turn = uuid4().hex
    given = [WAITING_SECONDS, jobs_at_once(queue), turn, message]
    try:
        return turn if broker_client().eval(ASK, 2, *_keys(city, queue), *given) else None
    except RedisError:
        return turn


def turn_begin(city: str, queue: Queue, turn: str) -> None:
    """The message is at work: its turn is renewed until it is passed on."""
    key = _keys(city, queue)[0]
    try:
        broker_client().eval(RENEW, 1, key, LEASE_SECONDS, turn)
    except RedisError:
        log.warning("turn_not_begun", extra={"queue": str(queue)})
    keep(key, turn)


def turn_pass_on(city: str, queue: Queue, turn: str) -> str | None:
    """The work has ended: the message that was set aside first has the turn now, and is to be sent.
    None: nothing was, and the turn is given back."""
    keys = _keys(city, queue)
    let_go(keys[0], turn)
    try:
        found: bytes | None = broker_client().eval(PASS_ON, 2, *keys, WAITING_SECONDS, turn)
    except RedisError:
        log.warning("turn_not_passed_on", extra={"queue": str(queue)})
        return None
    return found.decode() if found else None


def set_aside(cities: Sequence[str], queue: Queue) -> int:
    """How many messages of these cities wait beside the queue. Raises RedisError."""
    asked = broker_client().pipeline(transaction=False)
    for city in cities:
        asked.llen(_keys(city, queue)[1])
    return sum(int(each) for each in asked.execute())


def _keys(city: str, queue: Queue) -> tuple[str, str]:
    return f"sodam:{city}:turns:{queue}", f"sodam:{city}:aside:{queue}"


def _waiting(city: str, job: str, given: Mapping[str, Any]) -> str:
    text = json.dumps(dict(given), sort_keys=True, default=str)
    mark = hashlib.sha256(text.encode()).hexdigest()[:12]
    return f"sodam:{city}:waiting:{job}:{mark}"
