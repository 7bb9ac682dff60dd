"""`/me`: a code to the contact opens what is mine; consents are taken back in one act."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core_crm.customers.models import Citizen, ConsentChange, SignInCode
from core_crm.customers.selectors import has_consent
from core_crm.customers.services import consent_set
from core_crm.messaging.models import OutgoingMessage
from core_crm.privacy.models import PrivacyRequest
from tests.sodam.citizen.kit import YOU, file_a_voice, ref_of

DIGITS = re.compile(r"\b(\d{6})\b")
WHO = {"name": YOU["name"], "contact": YOU["phone"]}


def code_of_message() -> str:
    message = OutgoingMessage.objects.get(template="sign_in_code")
    found = DIGITS.search(message.body)
    assert found is not None
    return found.group(1)


@pytest.fixture
def mine(citizen: Client) -> tuple[Client, str]:
    """A browser that is signed in, and the reference of a voice that was filed before."""
    ref = ref_of(file_a_voice(citizen))
    citizen.cookies.clear()
    assert citizen.post("/me", WHO)["Location"] == "/me/code"
    assert citizen.post("/me/code", {"code": code_of_message()})["Location"] == "/me"
    return citizen, ref


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_code_opens_my_voices_and_messages(mine: tuple[Client, str]) -> None:
    client, ref = mine
    mine_page = page(client, "/me")
    assert ref in mine_page
    assert client.get(f"/track/{ref}").status_code == 200
    assert client.get("/me")["Cache-Control"] == "no-store"


def test_the_message_with_the_code_is_short_and_names_nobody(mine: tuple[Client, str]) -> None:
    message = OutgoingMessage.objects.get(template="sign_in_code")
    assert message.byte_count <= 90
    assert (message.citizen_id, message.recipient) == (None, "+821000004211")
    assert YOU["name"] not in message.body


def test_who_is_not_known_sees_the_same_pages_and_gets_nothing(citizen: Client) -> None:
    file_a_voice(citizen)
    answers = []
    for who in (WHO, WHO | {"name": "이바다"}, WHO | {"contact": "010-0000-4299"}):
        stranger = Client(headers={"host": "busan.localhost"})
        first = stranger.post("/me", who)
        shown = stranger.get("/me/code").content.decode()
        wrong = stranger.post("/me/code", {"code": "000000"})
        covered = re.sub(r"\d{3}-\*{4}-\d{4}|value=\"\w+\"", "", shown)
        answers.append((first.status_code, first["Location"], covered, wrong.status_code))
    assert answers[0][:2] == answers[1][:2] == answers[2][:2]
    assert re.sub(r"nonce-\S+", "", answers[0][2]) == re.sub(r"nonce-\S+", "", answers[2][2])
    assert {one[3] for one in answers} == {422}
    assert OutgoingMessage.objects.filter(template="sign_in_code").count() == 1


def test_five_wrong_tries_shut_the_code(citizen: Client) -> None:
    file_a_voice(citizen)
    citizen.post("/me", WHO)
    right = code_of_message()
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for _ in range(5):
        assert "맞지 않습니다" in citizen.post("/me/code", {"code": wrong}).content.decode()
    assert "다시 받아" in citizen.post("/me/code", {"code": right}).content.decode()
    assert citizen.get("/me/consents")["Location"] == "/me"


def test_a_code_opens_only_in_the_browser_that_asked(citizen: Client) -> None:
    file_a_voice(citizen)
    citizen.post("/me", WHO)
    other = Client(headers={"host": "busan.localhost"})
    assert other.post("/me/code", {"code": code_of_message()})["Location"] == "/me"
    assert SignInCode.objects.get().used_at is None


def test_twenty_minutes_without_a_page_end_it_and_each_page_begins_them_anew(
    mine: tuple[Client, str],
) -> None:
    client, _ref = mine
    set_end(client, in_seconds=60)
    assert client.get("/me/consents").status_code == 200
    assert client.session["me"]["until"] - timezone.now().timestamp() > 19 * 60
    set_end(client, in_seconds=-1)
    assert client.get("/me/consents")["Location"] == "/me"
    assert "번호 받기" in page(client, "/me")


def set_end(client: Client, *, in_seconds: int) -> None:
    session = client.session
    session["me"] = session["me"] | {"until": timezone.now().timestamp() + in_seconds}
    session.save()


def test_leaving_ends_it(mine: tuple[Client, str]) -> None:
    client, ref = mine
    client.post("/me/leave")
    assert client.get("/me/consents").status_code == 302
    assert client.get(f"/track/{ref}").status_code == 302


def agrees(purpose: str, channel: str) -> bool:
    return has_consent(Citizen.objects.get().pk, purpose, channel, today=timezone.localdate())


def test_each_text_is_agreed_to_by_itself_with_its_edition(mine: tuple[Client, str]) -> None:
    client, _ref = mine
    shown = client.get("/me/consents").context["texts"]
    text = next(one for one in shown if one["purpose"] == "marketing")
    given = {"text": text["code"], "channel": "sms", "to": "yes"}
    assert client.post("/me/consents/set", given).status_code == 302
    assert agrees("marketing", "sms")
    change = ConsentChange.objects.get()
    assert (change.source, change.text_code) == ("consent_centre", text["code"])
    assert change.text_digest[:8] in page(client, "/me/consents")
    client.post("/me/consents/set", given | {"to": "no"})
    assert not agrees("marketing", "sms")


def test_everything_is_taken_back_in_one_act(mine: tuple[Client, str]) -> None:
    client, _ref = mine
    person, now = Citizen.objects.get(), timezone.now()
    for purpose, channel in (("marketing", "sms"), ("marketing_night", "sms"), ("survey", "email")):
        consent_set(person, purpose, channel, True, source="filing", now=now)
    assert "모든 동의 거두기" in page(client, "/me/consents")
    client.post("/me/consents/withdraw")
    assert not any(agrees(*one) for one in (("marketing", "sms"), ("survey", "email")))
    assert "지금은 받기로 한 것이 없습니다" in page(client, "/me/consents")


UNFIT = {
    "a text there is not": {"text": "none", "channel": "sms", "to": "yes"},
    "a channel it has not": {"text": "marketing", "channel": "pigeon", "to": "yes"},
}


@pytest.mark.parametrize("given", UNFIT.values(), ids=UNFIT.keys())
def test_what_cannot_be_agreed_to_is_refused(
    mine: tuple[Client, str], given: dict[str, Any]
) -> None:
    client, _ref = mine
    assert client.post("/me/consents/set", given).status_code == 422
    assert not ConsentChange.objects.exists()


def test_what_is_typed_stands_in_no_address(citizen: Client) -> None:
    file_a_voice(citizen)
    answer = citizen.post("/me", WHO, follow=True)
    assert [where for where, _status in answer.redirect_chain] == ["/me/code"]
    shown = answer.content.decode()
    assert "010-****-4211" in shown
    assert "010-0000-4211" not in shown


def test_my_data_come_as_a_file_that_holds_what_i_wrote(mine: tuple[Client, str]) -> None:
    client, ref = mine
    assert client.get("/me/data.json").status_code == 405
    answer = client.post("/me/data.json")
    assert answer["Cache-Control"] == "no-store"
    assert "attachment" in answer["Content-Disposition"]
    told = json.dumps(answer.json(), ensure_ascii=False)
    assert YOU["name"] in told
    assert ref in told
    assert {"customers", "voices"} <= {part["code"] for part in answer.json()["parts"]}


def test_i_ask_to_correct_or_erase_and_see_by_when(mine: tuple[Client, str]) -> None:
    client, _ref = mine
    assert client.post("/me/data", {"kind": "correct", "text": ""}).status_code == 422
    asked = {"kind": "correct", "text": "전화번호가 바뀌었습니다."}
    assert client.post("/me/data", asked).status_code == 302
    shown = page(client, "/me/data")
    assert "살피는 중" in shown
    assert (PrivacyRequest.objects.get().kind, PrivacyRequest.objects.get().by_id) == (
        "correct",
        None,
    )


def test_data_of_mine_are_for_who_is_signed_in(citizen: Client) -> None:
    assert citizen.get("/me/data")["Location"] == "/me"
    assert citizen.post("/me/data.json")["Location"] == "/me"
