"""Keys for programs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core_crm.audit.models import AuditEntry
from core_crm.staff.errors import RightMissing, ScopeUnknown
from core_crm.staff.selectors import api_key_find, api_key_list
from core_crm.staff.services import (
    api_key_create,
    api_key_revoke,
    api_key_touch,
    official_invite,
)
from tenants.context import serving_city
from tests.conftest import ServedCity, kst

NOW = kst("2026-11-24 10:00")


def test_a_key_is_shown_once_and_only_its_digest_is_kept(busan: ServedCity) -> None:
    key, raw_key = api_key_create(name="민원 앱", scopes=["voices:write", "voices:read"], now=NOW)
    assert raw_key.startswith(f"sodam_{key.prefix}_")
    assert key.scopes == ["voices:read", "voices:write"]
    secret = raw_key.split("_", 2)[2]
    assert len(secret) >= 43
    kept = " ".join(str(value) for value in vars(api_key_list().get()).values())
    assert secret not in kept
    assert api_key_find(raw_key, now=NOW) == key


@pytest.mark.parametrize("scopes", [[], ["voices:read", "everything"]])
def test_scopes_come_from_the_closed_list(busan: ServedCity, scopes: list[str]) -> None:
    with pytest.raises(ScopeUnknown):
        api_key_create(name="앱", scopes=scopes, now=NOW)
    assert not api_key_list().exists()


def test_a_wrong_revoked_or_expired_key_opens_nothing(busan: ServedCity) -> None:
    key, raw_key = api_key_create(
        name="앱", scopes=["voices:read"], now=NOW, expires_at=NOW + timedelta(days=1)
    )
    for wrong in (
        "",
        "sodam",
        "sodam__",
        f"sodam_{key.prefix}_",
        raw_key[:-1],
        raw_key + "x",
        "키",
    ):
        assert api_key_find(wrong, now=NOW) is None
    assert api_key_find(raw_key, now=NOW + timedelta(days=1)) is None
    revoked = api_key_revoke(key, now=NOW)
    assert api_key_revoke(key, now=NOW + timedelta(hours=1)).revoked_at == revoked.revoked_at == NOW
    assert api_key_find(raw_key, now=NOW) is None


def test_who_made_and_who_stopped_a_key_is_kept(busan: ServedCity) -> None:
    """안전성 확보조치 기준 제5조 제3항: keys came and went without a trace."""
    admin, officer = (
        official_invite(
            email=f"{role}@busan.example", name="강관리", department=None, roles=[role], now=NOW
        )
        for role in ("admin", "officer")
    )
    key, raw_key = api_key_create(name="앱", scopes=["voices:read"], by=admin, now=NOW)
    with pytest.raises(RightMissing):
        api_key_revoke(key, now=NOW, by=officer)
    for _ in range(2):
        api_key_revoke(key, now=NOW, by=admin)
    kept = AuditEntry.objects.filter(subject_kind="api_key", subject_id=key.id).order_by("id")
    assert [(one.action, one.actor_id, one.at) for one in kept] == [
        ("api_key.create", admin.id, NOW),
        ("api_key.revoke", admin.id, NOW),
    ]
    assert kept[0].facts == {"prefix": key.prefix, "scopes": "voices:read"}
    assert raw_key not in str([one.facts for one in kept])


def test_the_last_use_is_noted_at_most_once_a_minute(busan: ServedCity) -> None:
    key, _ = api_key_create(name="앱", scopes=["voices:read"], now=NOW)
    for seconds in (0, 59, 61):
        api_key_touch(key, now=NOW + timedelta(seconds=seconds))
    key.refresh_from_db()
    assert key.last_used_at == NOW + timedelta(seconds=61)


def test_a_key_of_one_city_opens_no_other(two_cities: tuple[str, str]) -> None:
    with serving_city("busan"):
        key, raw_key = api_key_create(name="앱", scopes=["voices:read"], now=NOW)
        assert api_key_find(raw_key, now=NOW) == key
    with serving_city("seoul"):
        assert api_key_find(raw_key, now=NOW) is None
