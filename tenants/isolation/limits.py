"""How much one asker may ask for in a minute: counted at the broker, a city's counts in its keys.

Without the broker nobody is turned away: what this keeps is comfort, not secrets.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from redis.exceptions import RedisError

from tenants.errors import DomainError
from tenants.isolation.broker import broker_client

log = logging.getLogger(__name__)

MINUTE_SECONDS = 60
UNLIMITED = 0
COUNT = """
local counts = {}
for i, key in ipairs(KEYS) do
  counts[i] = redis.call('INCR', key)
  if counts[i] == 1 then redis.call('EXPIRE', key, ARGV[1]) end
end
return counts
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many requests of one asker in a minute. `name` is told to who asks; `who` never is."""

    name: str
    who: str
    per_minute: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A limit, and how many requests of this minute there were, this one included."""

    limit: Limit
    count: int
    resets_in_seconds: int

    @property
    def remaining(self) -> int:
        return max(0, self.limit.per_minute - self.count)

    def headers(self) -> dict[str, str]:
        """As draft-ietf-httpapi-ratelimit-headers-10 writes them (read November 2026)."""
        name = self.limit.name
        return {
            "RateLimit-Policy": f'"{name}";q={self.limit.per_minute};w={MINUTE_SECONDS}',
            "RateLimit": f'"{name}";r={self.remaining};t={self.resets_in_seconds}',
        }


class TooManyRequests(DomainError):
    """More requests in this minute than one asker may send; it says when to come back."""

    code = "request.too_many"
    http_status = 429

    def __init__(self, message: str, *, counted: Counted) -> None:
        super().__init__(
            message,
            retry_after_seconds=counted.resets_in_seconds,
            limit=counted.limit.name,
            per_minute=counted.limit.per_minute,
        )
        self.counted = counted


def count(city: str, limits: Sequence[Limit], *, now: datetime) -> list[Counted]:
    """Count one request against each of these limits, in one round trip; nothing is refused yet.

    `city`: whose counts these are. A limit of 0 is none.
    """
    kept = [one for one in limits if one.per_minute != UNLIMITED]
    minute, second = divmod(int(now.timestamp()), MINUTE_SECONDS)
    keys = [f"sodam:{city}:rate:{one.name}:{one.who}:{minute}" for one in kept]
    counts = _counts(keys) if keys else []
    left = MINUTE_SECONDS - second
    return [Counted(one, found, left) for one, found in zip(kept, counts, strict=False)]


def exceeded(counted: Sequence[Counted]) -> Counted | None:
    """The first limit that this request goes beyond."""
    return next((one for one in counted if one.count > one.limit.per_minute), None)


def tightest(counted: Sequence[Counted]) -> Counted | None:
    """The limit that will be reached first: what an asker should be told."""
    return min(counted, key=lambda one: one.remaining / one.limit.per_minute, default=None)


def digest(text: str) -> str:
    """For addresses: those of people do not lie about at the broker."""
    return sha256(text.encode()).hexdigest()[:16]


def _counts(keys: Sequence[str]) -> list[int]:
    try:
        found: Any = broker_client().eval(COUNT, len(keys), *keys, 2 * MINUTE_SECONDS)
    except RedisError as away:
        log.warning("rate_unknown", extra={"reason": type(away).__name__})
        return []
    return [int(each) for each in found]
