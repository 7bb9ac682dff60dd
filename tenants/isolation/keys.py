"""Caches, files and locks whose keys carry the city. Outside a city they raise NoCity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import FileSystemStorage

from tenants.context import current_city, current_city_or_none
from tenants.errors import LockHeld
from tenants.isolation.broker import broker_client

COUNT = """
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return count
"""


class CityCache:
    """The cache of one city: the same calls as Django's, every key prefixed with its code."""

    def __init__(self, code: str) -> None:
        self._code, self._cache = code, caches["default"]

    def _key(self, key: str) -> str:
        return f"{self._code}:{key}"

    def get(self, key: str, default: Any = None) -> Any:
        return self._cache.get(self._key(key), default)

    def get_many(self, keys: Iterable[str]) -> dict[str, Any]:
        found = self._cache.get_many([self._key(key) for key in keys])
        return {key.partition(":")[2]: value for key, value in found.items()}

    def set(self, key: str, value: Any, *, timeout_seconds: int) -> None:
        self._cache.set(self._key(key), value, timeout_seconds)

    def add(self, key: str, value: Any, *, timeout_seconds: int) -> bool:
        """Set only if absent; whether it was set."""
        return bool(self._cache.add(self._key(key), value, timeout_seconds))

    def incr(self, key: str, *, timeout_seconds: int) -> int:
        """Count up from 1; the count lives `timeout_seconds` from its first step."""
        count = _counter(self._cache)
        return int(count(keys=[self._cache.make_key(self._key(key))], args=[timeout_seconds]))

    def delete(self, key: str) -> None:
        self._cache.delete(self._key(key))


def _counter(cache: Any) -> Any:
    """The counting script, kept with this thread's cache: one round trip instead of three."""
    if "counter" not in vars(cache):
        cache.counter = broker_client().register_script(COUNT)
    return cache.counter


def city_key(key: str, key_prefix: str, version: int) -> str:
    """Django's KEY_FUNCTION: what libraries keep (log-in limits) carries the city too."""
    city = current_city_or_none()
    return f"{key_prefix}:{version}:{city.code if city else '-'}:{key}"


def city_cache() -> CityCache:
    """The cache of the city being served."""
    return CityCache(current_city().code)


def city_keys(code: str) -> list[bytes]:
    """Every key of the cache that carries this city, whoever put it there."""
    found = broker_client().scan_iter(match=f"*{code}*", count=1000)
    return [key for key in found if code.encode() in key.split(b":")]


def cache_values() -> Iterator[bytes]:
    """Every plain value of the cache, whoever it belongs to; for one who looks for traces."""
    client = broker_client()
    for key in client.scan_iter(count=1000, _type="STRING"):
        yield key + b" " + (client.get(key) or b"")


def city_keys_drop(code: str) -> int:
    """Forget what the cache holds of a city (it was erased, or another took its place)."""
    keys = city_keys(code)
    return int(broker_client().delete(*keys)) if keys else 0


def city_storage() -> FileSystemStorage:
    """The file store of the city being served, in a folder of its own."""
    return FileSystemStorage(location=Path(settings.MEDIA_ROOT) / current_city().code)


@contextmanager
def city_lock(name: str, *, timeout_seconds: int) -> Iterator[None]:
    """Hold a named lock of this city, at most `timeout_seconds`. Raises LockHeld at once."""
    cache, token = city_cache(), uuid4().hex
    if not cache.add(f"lock:{name}", token, timeout_seconds=timeout_seconds):
        raise LockHeld("다른 사람이 같은 일을 하고 있습니다. 잠시 뒤에 다시 해 주세요.", lock=name)
    try:
        yield
    finally:
        if cache.get(f"lock:{name}") == token:
            cache.delete(f"lock:{name}")
