"""The broker's own client, past Django's cache: for marks, turns and counts."""

from __future__ import annotations

from typing import Any

from django.core.cache import caches


def broker_client() -> Any:
    """Who uses it names in each key whose it is: `sodam:<city>:…`, or `sodam:…` of the platform."""
    cache: Any = caches["default"]
    return cache._cache.get_client(write=True)
