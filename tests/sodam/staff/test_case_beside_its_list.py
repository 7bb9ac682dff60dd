"""What a case says of itself, what it moves beside it, and its forms as pages of their own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from core_crm.voices.services import (
    voice_answer,
    voice_receive_supplement,
    voice_request_supplement,
)
from tests.conftest import ServedCity
from tests.sodam.staff import kit

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def officer(busan: ServedCity) -> Any:
    return kit.official("officer")


@pytest.fixture
def case(officer: Any) -> Any:
    return kit.voice(to=officer)


def title_of(page: str) -> str:
    return page.partition("<title>")[2].partition("</title>")[0]


def test_an_act_moves_its_row_and_the_numbers_though_it_left_the_view(officer: Any) -> None:
    nobodys = kit.voice()
    head = kit.logged_in(kit.official("head", name="한도윤"))
    page = head.post(
        f"/staff/voices/{nobodys.ref}/take?view=unassigned",
        {"version": nobodys.version},
        headers=PARTIAL,
        follow=True,
    ).content.decode()
    facts = page.partition(f'id="facts-{nobodys.ref}" hx-swap-oob="true"')[2]
    assert f"{nobodys.ref} · 한도윤" in facts
    assert 'id="count-unassigned" hx-swap-oob="true">0<' in page
    assert 'id="count-mine" hx-swap-oob="true">1<' in page


def test_the_tab_is_titled_alike_by_a_fragment_and_a_whole_page(officer: Any, case: Any) -> None:
    browser, address = kit.logged_in(officer), f"/staff/voices/{case.ref}"
    whole = browser.get(address).content.decode()
    fragment = browser.get(address, headers=PARTIAL).content.decode()
    assert title_of(fragment) == title_of(whole) != ""


def test_the_day_a_supplement_came_is_left_out_and_says_by_what(officer: Any, case: Any) -> None:
    browser, now = kit.logged_in(officer), datetime.now(UTC)
    voice_request_supplement(case, body="사진을 보내 주세요.", by=officer, now=now)
    assert "시계 멈춤" in browser.get(f"/staff/voices/{case.ref}", headers=PARTIAL).content.decode()
    voice_receive_supplement(case, body="보냅니다.", now=datetime.now(UTC))
    page = browser.get(f"/staff/voices/{case.ref}", headers=PARTIAL).content.decode()
    pill = page.partition('<p class="due">')[2].partition("</p>")[0]
    assert "오늘은 세지 않음" in pill
    assert "제22조" in pill
    assert "시계 멈춤" not in pill


def test_a_conflict_names_what_the_citizen_did(officer: Any, case: Any) -> None:
    voice_request_supplement(case, body="사진을 보내 주세요.", by=officer, now=datetime.now(UTC))
    seen = {"version": case.version, "body": "먼저 답합니다.", "channel": "sms"}
    voice_receive_supplement(case, body="보냅니다.", now=datetime.now(UTC))
    conflict = kit.logged_in(officer).post(f"/staff/voices/{case.ref}/answer", seen)
    assert conflict.status_code == 409
    assert "시민이 보완 자료를 냈습니다" in conflict.content.decode()


def test_history_says_an_act_and_its_state_once(officer: Any, case: Any) -> None:
    page = kit.logged_in(officer).get(f"/staff/voices/{case.ref}").content.decode()
    log = page.partition('id="cx-log"')[2]
    assert "담당자 지정" in log
    assert "→ 담당자 지정" not in log


def test_the_customers_past_says_what_each_meeting_was(officer: Any, case: Any) -> None:
    voice_answer(case, body="고쳤습니다.", by=officer, now=datetime.now(UTC), expected_version=None)
    page = kit.logged_in(officer).get(f"/staff/voices/{case.ref}")
    assert [str(one["kind"]) for one in page.context["case"]["timeline"]] == ["답변", "접수"]
    assert f"<b>답변</b> {case.ref}" in page.content.decode()


def test_a_form_is_a_card_of_its_own_without_scripts(officer: Any, case: Any) -> None:
    browser, address = kit.logged_in(officer), f"/staff/voices/{case.ref}/extend"
    whole = browser.get(address).content.decode()
    assert '<div class="sd-main narrow">' in whole
    assert '<h1 id="dlg-h" tabindex="-1">처리기간 연장</h1>' in whole
    fragment = browser.get(address, headers=PARTIAL).content.decode()
    assert '<h2 id="dlg-h" tabindex="-1">처리기간 연장</h2>' in fragment


def test_a_closed_case_offers_no_form_for_more_time(officer: Any, case: Any) -> None:
    voice_answer(case, body="고쳤습니다.", by=officer, now=datetime.now(UTC), expected_version=None)
    page = kit.logged_in(officer).get(f"/staff/voices/{case.ref}/extend")
    assert page.status_code == 409
    assert "할 수 없는 일입니다" in page.content.decode()
    assert 'name="reason_code"' not in page.content.decode()


@pytest.mark.parametrize("act", ["answer", "note"])
def test_an_address_for_buttons_leads_back_to_its_case(officer: Any, case: Any, act: str) -> None:
    page = kit.logged_in(officer).get(f"/staff/voices/{case.ref}/{act}")
    assert (page.status_code, page.headers["Allow"]) == (405, "POST")
    assert f'href="/staff/voices/{case.ref}"' in page.content.decode()
