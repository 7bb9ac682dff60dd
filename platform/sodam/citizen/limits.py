"""How often one address may try within a minute. Keys hold a digest, never the address."""

from __future__ import annotations

import logging
from hashlib import sha256

from django.http import HttpRequest
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from tenants.errors import DomainError
from tenants.isolation.keys import city_cache

log = logging.getLogger(__name__)

WINDOW_SECONDS = 60


class TooManyTries(DomainError):
    """More tries in a minute than a person needs."""

    code = "citizen.too_many_tries"
    http_status = 429


def count_try(request: HttpRequest, name: str, *, per_minute: int) -> None:
    """Count one try of this address. Raises TooManyTries beyond `per_minute`."""
    address = request.META.get("REMOTE_ADDR", "")
    key = f"tries:{name}:{sha256(address.encode()).hexdigest()[:16]}"
    if _tries(key) > per_minute:
        raise TooManyTries(_("짧은 동안에 너무 여러 번 시도했습니다. 1분 뒤에 다시 해 주세요."))


def _tries(key: str) -> int:
    """While the cache is away nobody is kept from their own voice: the contact still has to fit."""
    try:
        return city_cache().incr(key, timeout_seconds=WINDOW_SECONDS)
    except RedisError:
        log.warning("limit_not_counted")
        return 0
