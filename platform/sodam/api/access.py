"""Who asks: bearer keys of one city, what they may do, and how often."""

from __future__ import annotations

import logging
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from core_crm.staff.selectors import api_key_find
from core_crm.staff.services import api_key_touch
from sodam.api.errors import KeyMissing, ScopeMissing, TooManyRequests
from sodam.errors import RETRY_AFTER
from tenants.isolation.keys import city_cache

log = logging.getLogger(__name__)

REQUESTS_PER_MINUTE = 600
WRONG_KEYS_PER_MINUTE = 30
MINUTE_SECONDS = 60
SCHEME = "bearer"


def key_of(request: HttpRequest, *, now: datetime) -> Any:
    """The key of this city that the request carries. Raises KeyMissing, TooManyRequests."""
    scheme, _space, raw_key = request.headers.get("Authorization", "").partition(" ")
    given = raw_key.strip() if scheme.lower() == SCHEME else ""
    key = api_key_find(given, now=now) if given else None
    if key is None:
        if given:
            count_request(f"wrong-key:{_address(request)}", WRONG_KEYS_PER_MINUTE, now=now)
        raise KeyMissing(_("이 시·도의 유효한 API 키가 필요합니다. Authorization: Bearer …"))
    count_request(f"key:{key.id}", REQUESTS_PER_MINUTE, now=now)
    api_key_touch(key, now=now)
    return key


def require_scope(key: Any, scope: str) -> None:
    """Raises ScopeMissing when the key does not carry the scope."""
    if scope not in key.scopes:
        raise ScopeMissing(
            _("이 키로는 할 수 없는 일입니다."), scope=scope, scopes=list(key.scopes)
        )


def count_request(who: str, per_minute: int, *, now: datetime) -> None:
    """Count one request in the running minute. Without the cache nobody is turned away."""
    minute, second = divmod(int(now.timestamp()), MINUTE_SECONDS)
    name = f"api-rate:{who}:{minute}"
    try:
        count = city_cache().incr(name, timeout_seconds=2 * MINUTE_SECONDS)
    except RedisError as away:
        log.warning("rate_unknown", extra={"reason": type(away).__name__})
        return
    if count > per_minute:
        raise TooManyRequests(
            _("요청이 너무 잦습니다. 잠시 뒤에 다시 보내 주세요."),
            **{RETRY_AFTER: MINUTE_SECONDS - second, "per_minute": per_minute},
        )


def _address(request: HttpRequest) -> str:
    """A digest: addresses of people do not lie about in the cache."""
    return sha256(request.META.get("REMOTE_ADDR", "").encode()).hexdigest()[:16]
