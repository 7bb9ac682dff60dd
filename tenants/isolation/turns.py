"""Turns are leases, renewed while their job runs: those of a killed worker are free in seconds."""

from __future__ import annotations

import logging
import os
import threading
import time

from redis.exceptions import RedisError

from tenants.isolation.broker import broker_client

log = logging.getLogger(__name__)

LEASE_SECONDS = 12.0
RENEW_EVERY_SECONDS = 4.0

# KEYS[1]: a sorted set of turns by the instant their lease ends, on the broker's own clock.
# KEYS[2]: the messages set aside, the first first. In one script each, so that no message is
# forgotten between the end of the last turn and its being set aside.
_CLOCK = "local t = redis.call('TIME'); local now = t[1] + t[2] / 1000000 "
ASK = (
    _CLOCK
    + """
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then
  redis.call('RPUSH', KEYS[2], ARGV[4])
  redis.call('EXPIRE', KEYS[2], 3600)
  return 0
end
redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[3])
redis.call('EXPIRE', KEYS[1], 600)
return 1
"""
)
RENEW = _CLOCK + "return redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[2])"
PASS_ON = (
    _CLOCK
    + """
local message = redis.call('LPOP', KEYS[2])
if message then redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[2])
else redis.call('ZREM', KEYS[1], ARGV[2]) end
return message
"""
)


class Keeper:
    """One thread of the process, started with its first turn."""

    def __init__(self) -> None:
        self._held: set[tuple[str, str]] = set()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def keep(self, key: str, token: str) -> None:
        with self._lock:
            self._held.add((key, token))
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="turns", daemon=True)
                self._thread.start()

    def let_go(self, key: str, token: str) -> None:
        with self._lock:
            self._held.discard((key, token))

    def forget(self) -> None:
        """Renew nothing any more; what was held ends with its lease."""
        with self._lock:
            self._held.clear()

    def _run(self) -> None:
        while True:
            time.sleep(RENEW_EVERY_SECONDS)
            with self._lock:
                held = list(self._held)
            try:
                for key, token in held:
                    broker_client().eval(RENEW, 1, key, LEASE_SECONDS, token)
            except RedisError:
                log.warning("turns_not_renewed")


_keeper = Keeper()


def keep(key: str, token: str) -> None:
    """Renew this lease until it is let go."""
    _keeper.keep(key, token)


def let_go(key: str, token: str) -> None:
    _keeper.let_go(key, token)


def _after_fork() -> None:
    global _keeper
    _keeper = Keeper()  # the thread is the parent's


os.register_at_fork(after_in_child=_after_fork)
