"""Keys for programs."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from core_crm.staff.errors import ScopeUnknown
from core_crm.staff.models import SCOPES, ApiKey, Official
from core_crm.staff.selectors import KEY_MARK, key_digest
from core_crm.staff.services.access import access_note, access_require
from core_crm.staff.types import Right

TOUCH_EVERY = timedelta(minutes=1)


@transaction.atomic
def api_key_create(
    *,
    name: str,
    scopes: Iterable[str],
    by: Official | None = None,
    expires_at: datetime | None = None,
    now: datetime,
) -> tuple[ApiKey, str]:
    """Make a key and return it with its text, which nobody can read again.

    `by` is None for the operator's command line. Raises RightMissing, and ScopeUnknown for a scope
    outside the closed list or for none.
    """
    access_require(by, Right.API_KEY_MANAGE)
    wanted = _scopes(scopes)
    prefix = secrets.token_hex(5)
    raw_key = f"{KEY_MARK}_{prefix}_{secrets.token_urlsafe(32)}"
    key = ApiKey(
        name=name,
        prefix=prefix,
        key_hash=key_digest(raw_key),
        scopes=wanted,
        created_by=by,
        expires_at=expires_at,
        created_at=now,
    )
    key.full_clean()
    key.save()
    _note("api_key.create", key, by=by, now=now)
    return key, raw_key


def _scopes(scopes: Iterable[str]) -> list[str]:
    wanted = sorted({str(scope) for scope in scopes})
    unknown = [scope for scope in wanted if scope not in SCOPES]
    if unknown or not wanted:
        raise ScopeUnknown(
            "허용 범위를 하나 이상, 정해진 목록에서 골라 주세요.", unknown=unknown, known=SCOPES
        )
    return wanted


@transaction.atomic
def api_key_revoke(key: ApiKey, *, now: datetime, by: Official | None = None) -> ApiKey:
    """Stop a key at once; stopping it again changes nothing. Raises RightMissing."""
    access_require(by, Right.API_KEY_MANAGE)
    open_one = ApiKey.objects.filter(pk=key.pk, revoked_at__isnull=True)
    if open_one.update(revoked_at=now):
        _note("api_key.revoke", key, by=by, now=now)
    key.refresh_from_db()
    return key


def _note(action: str, key: ApiKey, *, by: Official | None, now: datetime) -> None:
    access_note(
        action,
        by=by,
        subject_kind="api_key",
        subject_id=key.id,
        now=now,
        facts={"prefix": key.prefix, "scopes": ",".join(key.scopes)},
    )


def api_key_touch(key: ApiKey, *, now: datetime) -> None:
    """Note when a key was last used, at most once a minute so that reads stay reads."""
    before = now - TOUCH_EVERY
    if key.last_used_at is None or key.last_used_at < before:
        stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=before)
        ApiKey.objects.filter(stale, pk=key.pk).update(last_used_at=now)
        key.last_used_at = now  # the key is kept in memory for a moment
