"""What operators did can be read, narrowed, taken along and checked; never changed."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client

from core_crm.audit.services import audit_append, audit_seal
from tests.conftest import kst

Visitor = Callable[..., Client]
NOW = kst("2026-11-25 10:00")


def done(action: str, city: str = "busan", reason: str = "") -> None:
    audit_append(
        action, actor=None, subject_kind="city", subject_id=None, now=NOW,
        facts={"city": city}, reason=reason,
    )  # fmt: skip


def test_it_is_read_by_those_who_act_and_those_who_approve(visitor: Visitor) -> None:
    assert visitor("console", "approver").get("/audit").status_code == 200
    assert visitor("console", "analyst").get("/audit").status_code == 403


def test_it_can_be_narrowed_and_taken_along(visitor: Visitor) -> None:
    done("city.suspended", reason="=HYPERLINK(1)")
    done("operation.backup_asked", "seoul", reason="HYPERLINK")
    client = visitor("console", "operator")
    page = client.get("/audit", {"group": "city.", "q": "HYPERLINK"}).content.decode()
    assert ("부산광역시" in page, "서울특별시" in page) == (True, False)
    assert "맞는 기록이 없습니다" in client.get("/audit", {"q": "없는말"}).content.decode()
    lines = (
        client.get("/audit/export", {"q": "busan HYPERLINK"})
        .content.decode("utf-8-sig")
        .splitlines()
    )
    assert lines[0] == "at,action,actor,city,reason,origin,facts,seal"
    assert len(lines) == 2
    assert "'=HYPERLINK(1)" in lines[1]
    assert "감사 내보냄" in client.get("/audit").content.decode()


def test_the_chain_is_checked_by_a_button(visitor: Visitor) -> None:
    client = visitor("console", "operator")
    done("city.suspended")
    audit_seal(now=NOW)
    said = client.post("/audit/check", follow=True).content.decode()
    assert re.search("봉인 [1-9][0-9]*개가 모두 맞습니다", said)
