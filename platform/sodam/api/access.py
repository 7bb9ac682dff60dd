"""Who asks: bearer keys of one city, what they may do, and how often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core_crm.staff.selectors import api_key_find
from core_crm.staff.services import api_key_touch
from sodam.api.errors import KeyMissing, ScopeMissing, TooManyApiRequests
from sodam.ui.limits import city_limit, limit_of
from tenants.context import current_city
from tenants.isolation.limits import Counted, Limit, count, digest, exceeded, tightest

WRONG_KEYS_PER_MINUTE = 30
SCHEME = "bearer"


def key_of(request: HttpRequest, *, now: datetime) -> tuple[Any, Counted | None]:
    """The key of this city that the request carries, and the limit it is nearest to.

    Raises KeyMissing, TooManyApiRequests.
    """
    scheme, _space, raw_key = request.headers.get("Authorization", "").partition(" ")
    given = raw_key.strip() if scheme.lower() == SCHEME else ""
    key = api_key_find(given, now=now) if given else None
    if key is None:
        if given:
            _count([Limit("wrong-key", _address(request), WRONG_KEYS_PER_MINUTE)], now=now)
        raise KeyMissing(_("이 시·도의 유효한 API 키가 필요합니다. Authorization: Bearer …"))
    of_key = Limit("key", str(key.id), limit_of("api_requests_per_minute"))
    counted = _count([of_key, city_limit()], now=now)
    api_key_touch(key, now=now)
    return key, tightest(counted)


def require_scope(key: Any, scope: str) -> None:
    """Raises ScopeMissing when the key does not carry the scope."""
    if scope not in key.scopes:
        raise ScopeMissing(
            _("이 키로는 할 수 없는 일입니다."), scope=scope, scopes=list(key.scopes)
        )


def _count(limits: Sequence[Limit], *, now: datetime) -> list[Counted]:
    """Count this request. Without the broker nobody is turned away."""
    counted = count(current_city().code, limits, now=now)
    if over := exceeded(counted):
        raise TooManyApiRequests(
            _("요청이 너무 잦습니다. 잠시 뒤에 다시 보내 주세요."), counted=over
        )
    return counted


def _address(request: HttpRequest) -> str:
    return digest(request.META.get("REMOTE_ADDR", ""))
