"""Keys of programs."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from django.db.models import QuerySet

from core_crm.staff.models import ApiKey
from tenants.isolation.kept import kept_a_moment
from tenants.rows import find

KEY_MARK = "sodam"
KEY_NOT_STOPPED = "prefix = %s AND revoked_at IS NULL"


def key_digest(raw_key: str) -> str:
    """SHA-256 suffices: the secret is 256 random bits, not a password somebody chose."""
    return hashlib.sha256(raw_key.encode()).hexdigest()


def api_key_find(raw_key: str, *, now: datetime) -> ApiKey | None:
    """The usable key of this city that a program sent, else None. Compared in constant time.

    A key that is stopped opens nothing more after CITY_POOLS["KEPT_SECONDS"] (two).
    """
    mark, _, rest = raw_key.partition("_")
    prefix, _, secret = rest.partition("_")
    if mark != KEY_MARK or not secret or not prefix.isascii():
        return None
    found = _key_of_prefix(prefix)
    if found is None or (found.expires_at is not None and found.expires_at <= now):
        return None
    if not hmac.compare_digest(found.key_hash, key_digest(raw_key)):
        return None
    return found


@kept_a_moment
def _key_of_prefix(prefix: str) -> ApiKey | None:
    return next(iter(find(ApiKey, KEY_NOT_STOPPED, [prefix])), None)


def api_key_list() -> QuerySet[ApiKey]:
    """Every key of the city, the newest first."""
    return ApiKey.objects.select_related("created_by__user").order_by("-created_at")
