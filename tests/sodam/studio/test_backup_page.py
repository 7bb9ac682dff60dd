"""The city's archives, and asking for a copy: an operator agrees before anything begins."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from django.test import Client
from django.utils import timezone

from core_crm.audit.selectors import entry_list
from core_crm.staff.services import official_invite
from sodam.studio.backups import copy_code
from tenants.context import serving_city
from tenants.provisioning.operations import operation_list

pytestmark = pytest.mark.usefixtures("empty_platform")

ARCHIVE = UUID("01890000-0000-7000-8000-0000000000aa")
WHY = "잘못 지운 분류를 견주어 보려고 합니다."
PAGE = "/studio/backup"
NOTED = """
INSERT INTO tenants_backup (id, city_code, made_at, path, size_bytes, rows, files, seconds, digest,
  app, is_anonymised, is_managed, tested_at, test_result)
VALUES (%s, 'busan', %s, '/backups/busan.age', 5200000, 12345, 7, 3.5, 'x', '0.1.0', false, true,
  %s, '{"restored": true, "differences": [], "seconds": 12.5}')
"""


@pytest.fixture
def archive(two_cities: tuple[str, str]) -> UUID:
    """One archive of an hour ago, tried; the provisioner alone writes such rows."""
    an_hour_ago = timezone.now() - timedelta(hours=1)
    with psycopg.connect(os.environ["SODAM_OWNER_DATABASE_URL"], autocommit=True) as owner:
        owner.execute(NOTED, [ARCHIVE, an_hour_ago, an_hour_ago])
    return ARCHIVE


@pytest.fixture
def admin(two_cities: tuple[str, str], city_client: Callable[..., Client]) -> Client:
    with serving_city("busan"):
        seat = official_invite(
            email="admin@busan.example",
            name="문가온",
            department=None,
            roles=["admin"],
            now=timezone.now(),
        )
        client = city_client("busan")
        client.force_login(seat.user, backend="sodam.demo.accounts.RealAccounts")
    return client


def test_a_city_without_an_archive_is_told_when_one_comes(admin: Client) -> None:
    page = admin.get(PAGE).content.decode()
    assert "아직 만든 백업이 없습니다" in page
    assert "하루 안에 만든 것 없음" in page


def test_the_newest_archive_tells_what_would_be_lost_and_how_long_it_takes(
    archive: UUID, admin: Client
) -> None:
    page = admin.get(PAGE).content.decode()
    assert "제때 만들고 있음" in page
    assert "26시간까지" in page
    assert "12.5초" in page
    assert "12,345" in page


def test_a_copy_is_asked_for_with_a_reason_and_waits_for_an_operator(
    archive: UUID, admin: Client
) -> None:
    ask = f"{PAGE}/{archive}/restore"
    assert admin.post(ask, {"why": "짧음"}).status_code == 422
    assert operation_list(city_code=copy_code("busan")) == []
    assert admin.post(ask, {"why": WHY}).status_code == 303
    (asked,) = operation_list(city_code="busan_copy")
    assert (asked.kind, asked.awaits_approval, asked.reason) == ("restore", True, WHY)
    assert asked.arguments == {"backup_id": str(archive), "from": "busan"}
    assert "운영자의 승인을 기다림" in admin.get(PAGE).content.decode()
    with serving_city("busan"):
        assert entry_list(actions="backup.").get().reason == WHY


def test_asking_twice_asks_once(archive: UUID, admin: Client) -> None:
    for _time in range(2):
        assert admin.post(f"{PAGE}/{archive}/restore", {"why": WHY}).status_code == 303
    assert len(operation_list(city_code="busan_copy")) == 1


def test_another_city_s_archive_is_not_there(
    archive: UUID, two_cities: tuple[str, str], city_client: Callable[..., Client]
) -> None:
    with serving_city("seoul"):
        seat = official_invite(
            email="admin@seoul.example",
            name="한가온",
            department=None,
            roles=["admin"],
            now=timezone.now(),
        )
        client = city_client("seoul")
        client.force_login(seat.user, backend="sodam.demo.accounts.RealAccounts")
    assert client.post(f"{PAGE}/{archive}/restore", {"why": WHY}).status_code == 404
    assert "12,345" not in client.get(PAGE).content.decode()
