"""Handling a case on its pages: what is sent, what is not, and what happens when two do it."""

from __future__ import annotations

from typing import Any

import pytest

from core_crm.messaging.selectors import messages_about
from core_crm.voices.selectors import thread_of, voice_get
from tests.conftest import ServedCity
from tests.sodam.staff import kit

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def officer(busan: ServedCity) -> Any:
    return kit.official("officer")


@pytest.fixture
def case(officer: Any) -> Any:
    return kit.voice(to=officer)


def letters(case: Any) -> int:
    return messages_about("voice", case.id).count()


def test_a_case_masks_the_citizen_until_a_reason_is_given(officer: Any, case: Any) -> None:
    browser, page = kit.logged_in(officer), f"/staff/voices/{case.ref}"
    shown = browser.get(page).content.decode()
    assert "김*수" in shown
    assert "김민수" not in shown
    assert "4211" in shown
    assert "010-0000-4211" not in shown
    refused = browser.post(f"{page}/unmask", {"reason": "왜"})
    assert refused.status_code == 422
    assert "010-0000-4211" not in refused.content.decode()
    opened = browser.post(f"{page}/unmask", {"reason": "전화로 현장을 물어보려고"}, headers=PARTIAL)
    assert "010-0000-4211" in opened.content.decode()
    assert "김민수" in opened.content.decode()


def test_a_note_reaches_colleagues_and_no_citizen(officer: Any, case: Any) -> None:
    before = letters(case)
    answer = kit.logged_in(officer).post(f"/staff/voices/{case.ref}/note", {"body": "현장 확인함"})
    assert answer.status_code == 303
    notes = [item for item in thread_of(case) if item.kind == "note"]
    assert [(note.body, note.is_public) for note in notes] == [("현장 확인함", False)]
    assert letters(case) == before


def test_the_preview_is_the_message_and_sends_nothing(officer: Any, case: Any) -> None:
    browser, before = kit.logged_in(officer), letters(case)
    body = {"body": "오늘 고쳤습니다.", "channel": "sms", "version": case.version}
    shown = browser.post(f"/staff/voices/{case.ref}/answer/check", body, headers=PARTIAL)
    assert shown.status_code == 200
    assert "오늘 고쳤습니다." in shown.content.decode()
    assert "byte" in shown.content.decode()
    assert (letters(case), voice_get(case.ref).closed_at) == (before, None)
    sent = browser.post(f"/staff/voices/{case.ref}/answer", body)
    assert sent.status_code == 303
    written = messages_about("voice", case.id).last()
    assert "오늘 고쳤습니다." in written.body
    assert voice_get(case.ref).outcome == "answered"


def test_saving_over_a_colleague_is_never_silent(officer: Any, case: Any) -> None:
    first = kit.logged_in(officer)
    second = kit.logged_in(kit.official("head", name="한도윤"))
    seen = {"version": case.version, "body": "제가 답합니다.", "channel": "sms"}
    assert (
        second.post(f"/staff/voices/{case.ref}/start", {"version": case.version}).status_code == 303
    )
    conflict = first.post(f"/staff/voices/{case.ref}/answer", seen)
    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert "한도윤 · 처리 시작 · " in page
    assert "제가 답합니다." in page
    assert voice_get(case.ref).closed_at is None
    again = seen | {"version": voice_get(case.ref).version, "overwrite_reason": "이미 통화로 끝냄"}
    assert first.post(f"/staff/voices/{case.ref}/answer", again).status_code == 303
    assert voice_get(case.ref).outcome == "answered"


def test_who_does_not_say_which_version_was_seen_saves_nothing(officer: Any, case: Any) -> None:
    """An empty version slipped past the optimistic lock."""
    given = {"body": "제가 답합니다.", "channel": "sms", "version": ""}
    refused = kit.logged_in(officer).post(f"/staff/voices/{case.ref}/answer", given)
    assert (refused.status_code, voice_get(case.ref).closed_at) == (409, None)


def test_an_unlawful_extension_is_refused_with_its_article(officer: Any, case: Any) -> None:
    browser = kit.logged_in(officer)
    given = {"reason_code": "overload", "reason": "일이 많습니다", "version": case.version}
    refused = browser.post(f"/staff/voices/{case.ref}/extend", given)
    assert refused.status_code == 422
    assert "제21조" in refused.content.decode()
    assert voice_get(case.ref).due_at == case.due_at


def test_unable_needs_a_reason_for_the_public(officer: Any, case: Any) -> None:
    browser = kit.logged_in(officer)
    given = {"public_reason": "", "body": "어렵습니다", "version": case.version}
    assert browser.post(f"/staff/voices/{case.ref}/unable", given).status_code == 422
    assert voice_get(case.ref).closed_at is None
    given["public_reason"] = "시의 땅이 아니어서 고칠 수 없습니다."
    assert browser.post(f"/staff/voices/{case.ref}/unable", given).status_code == 303
    assert voice_get(case.ref).public_reason == given["public_reason"]


def test_bulk_assignment_reports_every_case(officer: Any) -> None:
    first, second = kit.voice(), kit.voice(title="가로등이 꺼졌습니다")
    given = {
        "step": "do",
        "ref": [first.ref, "BS-0000-0000-0", second.ref],
        "department": kit.department().code,
        "officer": str(officer.id),
    }
    page = kit.logged_in(officer).post("/staff/voices/bulk/assign", given).content.decode()
    assert "3건 가운데 2건" in page
    assert "BS-0000-0000-0" in page
    assert voice_get(second.ref).officer_id == officer.id


def test_a_counter_case_is_registered_with_its_class_and_due_time(officer: Any) -> None:
    browser = kit.logged_in(officer)
    given = {
        "channel": "counter",
        "name": "이수정",
        "phone": "010-0000-1234",
        "category": "road",
        "title": "방지턱이 없습니다",
        "body": "학교 앞에 방지턱을 놓아 주세요.",
    }
    due = browser.post("/staff/voices/new/due", given).content.decode()
    assert "민원" in due
    answer = browser.post("/staff/voices/new", given)
    assert answer.status_code == 303
    missing = browser.post("/staff/voices/new", given | {"phone": ""})
    assert missing.status_code == 422


def test_every_number_of_the_day_opens_exactly_its_list(officer: Any) -> None:
    for _each in range(3):
        kit.voice(to=officer)
    kit.voice()
    browser = kit.logged_in(officer)
    for card in browser.get("/staff/").context["cards"]:
        assert len(browser.get(card.url).context["rows"]) == card.n


@pytest.mark.parametrize("text", ["보도블록", "ㅂㄷㅂㄹ", "없는말없는말"])
def test_the_inbox_is_searched_and_says_so_when_nothing_fits(
    officer: Any, case: Any, text: str
) -> None:
    page = kit.logged_in(officer).get("/staff/voices", {"view": "mine", "q": text})
    found = [row["ref"] for row in page.context["rows"]]
    assert page.status_code == 200
    assert found == ([case.ref] if text in {"보도블록", "ㅂㄷㅂㄹ"} else [])
    assert ("조건에 맞는 의견이 없습니다" in page.content.decode()) is (not found)


def test_a_reference_finds_its_case_from_any_view(officer: Any, case: Any) -> None:
    page = kit.logged_in(officer).get("/staff/voices", {"view": "overdue", "q": case.ref.lower()})
    assert [row["ref"] for row in page.context["rows"]] == [case.ref]
