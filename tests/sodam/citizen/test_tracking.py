"""Who may see a voice, and what its sender may do."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from core_crm.voices.models import Voice
from core_crm.voices.selectors import tracking_token
from core_crm.voices.services import (
    voice_answer,
    voice_close_unable,
    voice_note,
    voice_request_supplement,
)
from tests.support.voices import Office, a_voice_in_work

CONTACT = "010-0000-1234"
NOT_MATCHING = "접수번호나 연락처가 맞지 않습니다"


@pytest.fixture
def voice(office: Office) -> Voice:
    return a_voice_in_work(office, timezone.now())


def found(citizen: Client, voice: Voice, contact: str = CONTACT) -> str:
    return citizen.post(
        "/track", {"ref": voice.ref, "contact": contact}, follow=True
    ).content.decode()


def test_reference_and_phone_open_the_page(citizen: Client, voice: Voice) -> None:
    page = found(citizen, voice)
    assert voice.title in page
    assert "도로안전과" in page


def test_the_e_mail_opens_it_too_whatever_its_case(citizen: Client, voice: Voice) -> None:
    assert voice.title in found(citizen, voice, "CS@citizen.example")


def test_a_wrong_contact_and_an_unknown_reference_look_alike(citizen: Client, voice: Voice) -> None:
    wrong = citizen.post("/track", {"ref": voice.ref, "contact": "010-0000-9999"})
    unknown = citizen.post("/track", {"ref": "BS-2601-AAAA-A", "contact": CONTACT})
    assert wrong.status_code == unknown.status_code == 422
    assert NOT_MATCHING in wrong.content.decode()
    assert NOT_MATCHING in unknown.content.decode()


def test_the_eleventh_try_in_a_minute_has_to_wait(citizen: Client, voice: Voice) -> None:
    cache.clear()
    for _ in range(10):
        citizen.post("/track", {"ref": voice.ref, "contact": "010-0000-9999"})
    answer = citizen.post("/track", {"ref": voice.ref, "contact": CONTACT})
    assert answer.status_code == 429
    assert "1분 뒤에" in answer.content.decode()


def test_a_signed_link_opens_it_and_leaves_no_token_in_the_address(
    citizen: Client, voice: Voice
) -> None:
    answer = citizen.get(f"/track/{voice.ref}?k={tracking_token(voice.ref)}")
    assert answer["Location"] == f"/track/{voice.ref}"
    assert voice.title in citizen.get(answer["Location"]).content.decode()


def test_a_link_cut_short_asks_for_the_contact(citizen: Client, voice: Voice) -> None:
    answer = citizen.get(f"/track/{voice.ref}?k=short", follow=True)
    assert answer.redirect_chain[-1][0] == f"/track?ref={voice.ref}"


def test_an_internal_note_is_never_shown(citizen: Client, voice: Voice, office: Office) -> None:
    voice_note(voice, body="안에서만 보는 말", by=office.officer, now=timezone.now())
    assert "안에서만 보는 말" not in found(citizen, voice)


def test_the_days_of_the_due_date_are_shown_one_by_one(citizen: Client, voice: Voice) -> None:
    page = found(citizen, voice)
    assert page.count("<b>") > 7
    assert "1일째" in page
    assert "제19조" in page


def test_an_answer_can_be_called_unsolved(citizen: Client, voice: Voice, office: Office) -> None:
    voice_answer(
        voice, body="고쳤습니다.", by=office.officer, now=timezone.now(), expected_version=None
    )
    assert "고쳤습니다." in found(citizen, voice)
    citizen.post(f"/track/{voice.ref}/reopen", {"reason": ""})
    voice.refresh_from_db()
    assert (voice.reopened_count, voice.is_open) == (1, True)


def test_what_cannot_be_done_says_why(citizen: Client, voice: Voice, office: Office) -> None:
    voice_close_unable(
        voice,
        public_reason="폭이 모자랍니다.",
        body="대신 우회로를 냅니다.",
        by=office.officer,
        now=timezone.now(),
        expected_version=None,
    )
    page = found(citizen, voice)
    assert "할 수 없는 까닭" in page
    assert "폭이 모자랍니다." in page


def test_what_was_asked_for_is_shown_and_can_be_handed_in(
    citizen: Client, voice: Voice, office: Office
) -> None:
    voice_request_supplement(
        voice, body="사진을 더 보내 주세요.", by=office.officer, now=timezone.now()
    )
    assert "사진을 더 보내 주세요." in found(citizen, voice)
    citizen.post(f"/track/{voice.ref}/supplement", {"body": "보냅니다."})
    voice.refresh_from_db()
    assert voice.paused_at is None


def test_taking_a_voice_back_is_asked_once_more(citizen: Client, voice: Voice) -> None:
    found(citizen, voice)
    assert "의견을 취하할까요?" in citizen.get(f"/track/{voice.ref}/withdraw").content.decode()
    citizen.post(f"/track/{voice.ref}/withdraw")
    voice.refresh_from_db()
    assert voice.outcome == "withdrawn"


@pytest.mark.parametrize("act", ["supplement", "reopen"])
def test_a_second_tab_is_told_that_the_voice_moved_on(
    citizen: Client, voice: Voice, act: str
) -> None:
    found(citizen, voice)
    answer = citizen.post(f"/track/{voice.ref}/{act}", {"body": "보냅니다."}, follow=True)
    assert answer.redirect_chain == [(f"/track/{voice.ref}", 302)]
    assert "지금 상태는 ‘처리중’입니다" in answer.content.decode()


def test_a_voice_taken_back_in_another_tab_is_not_taken_back_twice(
    citizen: Client, voice: Voice
) -> None:
    found(citizen, voice)
    citizen.post(f"/track/{voice.ref}/withdraw")
    answer = citizen.post(f"/track/{voice.ref}/withdraw", follow=True)
    assert answer.status_code == 200
    assert "지금 상태는 ‘취하’입니다" in answer.content.decode()


def test_the_address_of_a_button_leads_back_to_its_page(citizen: Client, voice: Voice) -> None:
    found(citizen, voice)
    page = citizen.get(f"/track/{voice.ref}/reopen")
    assert page.status_code == 405
    assert f'href="/track/{voice.ref}"' in page.content.decode()


def test_a_stranger_can_do_nothing_to_it(citizen: Client, voice: Voice) -> None:
    for act in ("supplement", "withdraw", "reopen"):
        assert citizen.post(f"/track/{voice.ref}/{act}", {"body": "x"})["Location"] == "/track"
    voice.refresh_from_db()
    assert voice.is_open
