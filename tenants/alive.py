"""Which parts without an address of their own are alive: a mark at the broker that goes out."""

from __future__ import annotations

from typing import Any

from django.core.cache import caches
from redis.exceptions import RedisError

PROVISIONER = "provisioner"
SECONDS = 15


def alive_mark(part: str) -> None:
    """I live; said again before `SECONDS` are over. A broker that is away stops nothing."""
    try:
        _client(write=True).set(_key(part), b"1", ex=SECONDS)
    except RedisError:
        return


def is_alive(part: str) -> bool:
    """Was it heard of in the last `SECONDS`? No while the broker is away."""
    try:
        return bool(_client(write=False).exists(_key(part)))
    except RedisError:
        return False


def _key(part: str) -> str:
    return f"sodam:alive:{part}"


def _client(*, write: bool) -> Any:
    """Past Django's key function: the mark belongs to no city."""
    cache: Any = caches["default"]
    return cache._cache.get_client(write=write)
