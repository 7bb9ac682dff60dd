"""A city's own states and steps on the officials' pages, in its words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from core_crm.voices.models import Voice
from core_crm.voices.selectors import voice_get
from core_crm.voices.services import voice_answer, voice_start
from tests.conftest import ServedCity, kst
from tests.sodam.staff.kit import logged_in, official, voice
from tests.support.workflows import ChangingWorkflow, changing_workflow, step_of, with_a_check


@pytest.fixture
def city(busan: ServedCity) -> Iterator[ChangingWorkflow]:
    with changing_workflow() as changing:
        changing.change(with_a_check)
        yield changing


def in_work(person: Any) -> Voice:
    made = voice(to=person)
    return voice_start(made, by=person, now=made.updated_at)


def read(client: Any, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_step_of_the_citys_own_is_a_button_and_moves_the_case(city: ChangingWorkflow) -> None:
    person = official("officer")
    case, client = in_work(person), logged_in(person)
    page = read(client, f"/staff/voices/{case.ref}")
    address = f"/staff/voices/{case.ref}/steps/hand_in"
    assert address in page
    assert "결재 올림" in page
    answer = client.post(address, {"version": case.version})
    assert answer.status_code == 303
    assert voice_get(case.id).status == "checking"
    page = read(client, f"/staff/voices/{case.ref}")
    assert "‘결재 올림’ 단계를 마쳤습니다." in page
    assert "결재 올림 · → 결재 중" in page  # the history
    assert "결재 중" in read(client, "/staff/voices?view=mine")


def test_a_step_that_wants_a_reason_asks_for_it(city: ChangingWorkflow) -> None:
    city.change(lambda body: step_of(body, "hand_in", requires_comment=True))
    person = official("officer")
    case, client = in_work(person), logged_in(person)
    address = f"/staff/voices/{case.ref}/steps/hand_in"
    assert "사유" in read(client, address)
    refused = client.post(address, {"version": case.version})
    assert refused.status_code == 422
    taken = client.post(address, {"version": case.version, "reason": "확인 부탁드립니다"})
    assert taken.status_code == 303
    assert "확인 부탁드립니다" in read(client, f"/staff/voices/{case.ref}")


def test_a_refused_step_says_why_instead_of_vanishing(city: ChangingWorkflow) -> None:
    says = {"ko": "전화로 온 것만 결재합니다.", "en": "Only calls."}
    city.change(lambda body: step_of(body, "hand_in", guard="channel == 'phone'", guard_says=says))
    person = official("officer")
    case, client = in_work(person), logged_in(person)
    assert "결재 올림 — 전화로 온 것만" in read(client, f"/staff/voices/{case.ref}")
    answer = client.post(f"/staff/voices/{case.ref}/steps/hand_in", {"version": case.version})
    assert answer.status_code == 422
    assert "전화로 온 것만" in answer.content.decode()


def test_a_city_that_closes_by_hand_has_a_button_for_it(city: ChangingWorkflow) -> None:
    city.change(lambda body: step_of(body, "close", roles=["citizen"]))
    person = official("officer")
    case = in_work(person)
    case = voice_answer(case, body="고쳤습니다.", by=person, now=case.updated_at)
    client = logged_in(person)
    assert f"/staff/voices/{case.ref}/steps/close" in read(client, f"/staff/voices/{case.ref}")
    answer = client.post(f"/staff/voices/{case.ref}/steps/close", {"version": case.version})
    assert answer.status_code == 303
    assert voice_get(case.id).phase == "closed"


def test_a_step_nobody_knows_and_a_standard_one_have_no_such_address(
    city: ChangingWorkflow,
) -> None:
    person = official("officer")
    case, client = in_work(person), logged_in(person)
    for action in ("nothing", "answer"):
        answer = client.post(f"/staff/voices/{case.ref}/steps/{action}", {"version": case.version})
        assert answer.status_code == 409
    assert voice_get(case.id).version == case.version


def test_the_aim_of_a_state_stands_on_the_case(city: ChangingWorkflow) -> None:
    def hurried(body: dict[str, Any]) -> None:
        body["states"]["in_progress"]["clock"] = {"unit": "hours", "amount": 1}

    city.change(hurried)
    person = official("officer")
    case, client = in_work(person), logged_in(person)
    assert "상태 목표" in read(client, f"/staff/voices/{case.ref}")
    case.transitions.update(at=kst("2026-11-02 09:00"))
    page = read(client, f"/staff/voices/{case.ref}")
    assert "11. 2.(월) 10:00까지 · 지남" in page.replace("\u00a0", " ")


def test_a_case_opens_whose_workflow_nobody_kept(city: ChangingWorkflow) -> None:
    person = official("officer")
    case, client = in_work(person), logged_in(person)
    Voice.objects.filter(pk=case.pk).update(status="attic", workflow_digest="2" * 64)
    assert "attic" in read(client, f"/staff/voices/{case.ref}")
