"""Announcements are written on the console and stand over officials' pages while they last."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from tenants import directory

Visitor = Callable[..., Client]
FORM = {
    "words_ko": "토요일 새벽에 점검합니다.",
    "words_en": "Maintenance early on Saturday.",
    "tone": "warn",
    "cities": ["busan"],
    "starts_at": "2026-11-25T00:00",
    "ends_at": "2027-01-25T00:00",
}


@pytest.fixture(autouse=True)
def known_again(cities: None) -> Iterator[None]:
    yield
    directory.refresh()


def test_one_is_written_seen_and_taken_down(visitor: Visitor) -> None:
    client = visitor("console", "operator")
    page = client.post("/notices", FORM, follow=True).content.decode()
    assert "지금 보이는 알림 1개" in page
    directory.refresh()
    assert [one.cities for one in directory.notices()] == [("busan",)]
    address = page.split('action="/notices/')[1].split('"')[0]
    after = client.post(f"/notices/{address}", follow=True).content.decode()
    assert "지금 보이는 알림 0개" in after
    again = client.post(f"/notices/{address}", follow=True).content.decode()
    assert "이미 끝난 알림" in again
    noted = client.get("/audit", {"group": "notice."}).content.decode()
    assert ("알림 올림" in noted, "알림 내림" in noted) == (True, True)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"words_ko": ""}, "words_ko"),
        ({"ends_at": "2026-11-24T00:00"}, "ends_at"),
        ({"ends_at": "2028-11-24T00:00"}, "ends_at"),
        ({"cities": ["atlantis"]}, "cities_0"),
    ],
)
def test_what_is_wrong_is_named(visitor: Visitor, change: dict[str, str], where: str) -> None:
    answer = visitor("console", "operator").post("/notices", {**FORM, **change})
    assert answer.status_code == 422
    assert f'href="#{where}"' in answer.content.decode()


def test_an_approver_only_reads(visitor: Visitor) -> None:
    client = visitor("console", "approver")
    client.post("/notices", FORM)
    assert "올린 알림이 없습니다" in client.get("/notices").content.decode()
