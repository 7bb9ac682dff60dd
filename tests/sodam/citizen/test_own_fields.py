"""A city's custom fields on the way of a voice: asked, summed up, filed, tracked."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from core_crm.voices.models import Voice
from tests.sodam.citizen.kit import WHAT, YOU, file_a_voice, ref_of
from tests.support.forms import use_form

FIELDS: dict[str, Any] = {
    "kind": {
        "label": {"ko": "무엇이 깨졌나요", "en": "What broke"},
        "type": "choice",
        "choices": {"slab": {"label": {"ko": "보도블록"}}, "lamp": {"label": {"ko": "가로등"}}},
        "required_for_categories": ["road"],
        "sort": 1,
    },
    "lamp_no": {
        "label": {"ko": "가로등 번호"},
        "type": "text",
        "required": True,
        "shown_when": {"op": "eq", "field": "field.kind", "value": "lamp"},
        "sort": 2,
    },
    "helper": {
        "label": {"ko": "함께 다친 사람"},
        "type": "text",
        "personal_data": "personal",
        "mask": "name",
        "sort": 3,
    },
    "injury": {
        "label": {"ko": "다친 곳"},
        "type": "text",
        "personal_data": "sensitive",
        "mask": "all",
        "retention_days": 30,
        "sort": 4,
    },
}


@pytest.fixture
def asked(citizen: Client) -> Client:
    """The same browser, in a city that asks more."""
    use_form(FIELDS)
    return citizen


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_what_the_category_needs_is_told_beside_the_field(asked: Client) -> None:
    page = asked.post("/voices/new/what", WHAT)
    assert page.status_code == 422
    assert 'href="#f-own_kind"' in text_of(page)
    assert "‘무엇이 깨졌나요’ 항목을 채워 주세요." in text_of(page)


def test_a_field_after_another_answer_is_needed_only_then(asked: Client) -> None:
    assert asked.post("/voices/new/what", WHAT | {"own_kind": "slab"}).status_code == 302
    page = asked.post("/voices/new/what", WHAT | {"own_kind": "lamp"})
    assert 'href="#f-own_lamp_no"' in text_of(page)


def test_what_tells_of_a_person_is_asked_with_the_consent_and_named_in_it(asked: Client) -> None:
    assert "함께 다친 사람" not in text_of(asked.get("/voices/new/what"))
    asked.post("/voices/new/what", WHAT | {"own_kind": "slab"})
    page = text_of(asked.get("/voices/new/you"))
    assert "이름, 휴대전화 또는 이메일, 함께 다친 사람, 다친 곳" in page
    refused = asked.post("/voices/new/you", YOU | {"own_injury": "왼팔"})
    assert 'href="#f-own_consent"' in text_of(refused)


def test_everything_is_summed_up_filed_and_masked_where_a_link_leads(asked: Client) -> None:
    asked.post("/voices/new/what", WHAT | {"own_kind": "lamp", "own_lamp_no": "가-12"})
    personal = {"own_helper": "홍길동", "own_injury": "왼팔", "own_consent": "on"}
    asked.post("/voices/new/you", YOU | personal)
    summed = asked.get("/voices/new/check")
    for words in ("무엇이 깨졌나요", "가로등", "가-12", "홍길동", "왼팔"):
        assert words in text_of(summed)
    filed = asked.post("/voices/new/check", {"key": summed.context["filing"].key})
    voice = Voice.objects.get(ref=ref_of(filed))
    assert voice.attributes == {
        "kind": "lamp",
        "lamp_no": "가-12",
        "helper": "홍길동",
        "injury": "왼팔",
    }
    asked.get(filed["Location"])
    tracked = text_of(asked.get(f"/track/{voice.ref}"))
    assert "가-12" in tracked
    assert "홍*동" in tracked
    assert "홍길동" not in tracked
    assert "왼팔" not in tracked


def test_going_back_keeps_what_was_entered(asked: Client) -> None:
    asked.post("/voices/new/what", WHAT | {"own_kind": "lamp", "own_lamp_no": "가-12"})
    page = text_of(asked.get("/voices/new/what"))
    assert 'value="가-12"' in page
    assert '<option value="lamp" selected>' in page


def test_another_category_may_ask_for_more_before_it_is_filed(asked: Client) -> None:
    asked.post("/voices/new/what", WHAT | {"category": "tax"})
    asked.post("/voices/new/you", YOU)
    session = asked.session
    session["filing"] |= {"category": "road"}
    session.save()
    page = asked.get("/voices/new/check", follow=True)
    assert page.redirect_chain[0][0] == "/voices/new/what"
    assert "더 묻는 것이 있습니다" in text_of(page)


def test_a_city_without_fields_asks_none(citizen: Client) -> None:
    assert "sd-own" not in text_of(citizen.get("/voices/new/what"))
    answer = file_a_voice(citizen, own_kind="lamp")
    assert Voice.objects.get(ref=ref_of(answer)).attributes == {}


def test_in_english_the_field_has_its_english_name(asked: Client) -> None:
    assert "What broke" in text_of(asked.get("/en/voices/new/what"))


def test_the_privacy_notice_names_them_and_how_long_they_are_kept(asked: Client) -> None:
    page = text_of(asked.get("/privacy"))
    assert "함께 다친 사람" in page
    assert "처리가 끝난 뒤 30일" in page
    assert "무엇이 깨졌나요" not in page
