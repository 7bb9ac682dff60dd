"""`/studio/forms`: fields listed, edited, tried, retired and taken out; each saving is a change."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from customization.public import change_list, operations_of
from tests.sodam.studio.conftest import Browser
from tests.support.forms import use_form

LAMP: dict[str, Any] = {
    "label": {"ko": "가로등 번호"},
    "type": "text",
    "sort": 10,
}
KIND: dict[str, Any] = {
    "label": {"ko": "갈래"},
    "type": "choice",
    "choices": {"lamp": {"label": {"ko": "가로등"}}, "road": {"label": {"ko": "길"}, "sort": 10}},
    "sort": 5,
}
NEW = {
    "code": "bus_no",
    "type": "text",
    "label_ko": "버스 번호",
    "label_en": "Bus number",
    "personal_data": "none",
    "mask": "none",
    "sort": "20",
    "in_api": "on",
    "c_join": "all",
}
EDIT = {name: text for name, text in NEW.items() if name not in ("code", "type")}


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def wanted() -> dict[str, Any]:
    """The one proposal there is, as {dotted path: value}."""
    (change,) = change_list()
    return {".".join(one.path): one.value for one in operations_of(change)}


@pytest.fixture
def steward(browser: Browser) -> Client:
    """The browser of somebody who may propose changes."""
    use_form({"lamp_no": LAMP, "kind": KIND})
    return browser("steward")


def test_the_list_says_how_each_field_is_treated(steward: Client) -> None:
    page = text_of(steward.get("/studio/forms"))
    assert "가로등 번호" in page
    assert "하나 고르기" in page
    assert 'src="/studio/forms/preview"' in page


def test_a_new_field_is_a_proposal(steward: Client) -> None:
    answer = steward.post("/studio/forms/new", NEW)
    assert answer.status_code == 303
    body = {"label": {"ko": "버스 번호", "en": "Bus number"}, "type": "text", "sort": 20}
    assert wanted() == {"form.voice.fields.bus_no": body}


def test_answers_without_codes_get_some_and_keep_their_order(steward: Client) -> None:
    given = NEW | {
        "type": "choice",
        "a0_ko": "빠름",
        "a0_code": "fast",
        "a1_ko": "느림",
        "a1_code": "",
        "a2_ko": "",
    }
    steward.post("/studio/forms/new", given)
    assert wanted()["form.voice.fields.bus_no"]["choices"] == {
        "fast": {"label": {"ko": "빠름"}, "sort": 0},
        "a1": {"label": {"ko": "느림"}, "sort": 10},
    }


def test_a_choice_needs_an_answer(steward: Client) -> None:
    page = steward.post("/studio/forms/new", NEW | {"type": "choice", "a0_ko": ""})
    assert page.status_code == 422
    assert "고를 항목을 하나 이상" in text_of(page)


def test_what_the_law_asks_is_told_beside_its_control(steward: Client) -> None:
    given = NEW | {"personal_data": "sensitive", "searchable": "on"}
    page = text_of(steward.post("/studio/forms/new", given))
    for name in ("mask_0", "retention_days", "searchable"):
        assert f'href="#id_{name}"' in page


def test_a_condition_asks_of_earlier_fields_only(steward: Client) -> None:
    given = EDIT | {"label_ko": "가로등 번호", "sort": "10"}
    condition = {"c0_field": "field.kind", "c0_op": "eq", "c0_value": "lamp"}
    assert steward.post("/studio/forms/field/lamp_no", given | condition).status_code == 303
    assert wanted()["form.voice.fields.lamp_no.shown_when"] == {
        "op": "eq",
        "field": "field.kind",
        "value": "lamp",
    }
    page = text_of(steward.get("/studio/forms/field/kind"))
    assert 'value="field.kind"' not in page
    assert 'value="field.lamp_no"' not in page


def test_a_retired_field_is_asked_no_more(steward: Client) -> None:
    given = EDIT | {"label_ko": "가로등 번호", "sort": "10", "label_en": "", "retired": "on"}
    assert steward.post("/studio/forms/field/lamp_no", given).status_code == 303
    assert wanted()["form.voice.fields.lamp_no.retired"] is True


def test_a_field_of_the_citys_own_can_be_taken_out(steward: Client) -> None:
    assert steward.post("/studio/forms/field/kind", {"remove": "1"}).status_code == 303
    (change,) = change_list()
    assert [one.op for one in operations_of(change)] == ["remove"]


def test_saving_nothing_is_told(steward: Client) -> None:
    given = EDIT | {"label_ko": "가로등 번호", "label_en": "", "sort": "10"}
    page = steward.post("/studio/forms/field/lamp_no", given)
    assert "바뀐 값이 없습니다" in text_of(page)


def test_the_preview_shows_what_is_typed_and_not_saved(steward: Client) -> None:
    before = text_of(steward.get("/studio/forms/preview"))
    assert "가로등 번호" in before
    assert "버스 번호" not in before
    typed = steward.post("/studio/forms/preview", NEW | {"editing": ""})
    assert "버스 번호" in text_of(typed)
    assert not change_list().exists()
    stale = text_of(steward.post("/studio/forms/preview", NEW | {"editing": "", "code": "1"}))
    assert "아직 저장된 모습" in stale
    renamed = EDIT | {"editing": "lamp_no", "label_ko": "등 번호"}
    assert "등 번호" in text_of(steward.post("/studio/forms/preview", renamed))


def test_only_our_own_page_may_frame_it(steward: Client) -> None:
    framed, around = steward.get("/studio/forms/preview"), steward.get("/studio/forms")
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert "frame-src 'self'" in around["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in around["Content-Security-Policy"]
    assert around["X-Frame-Options"] == "DENY"


def test_who_may_only_see_is_offered_nothing_and_refused(browser: Browser) -> None:
    officer = browser("officer")
    assert "/studio/forms/new" not in text_of(officer.get("/studio/forms"))
    assert officer.post("/studio/forms/new", NEW).status_code == 403


def test_what_was_never_there_is_not_found(steward: Client) -> None:
    assert steward.get("/studio/forms/field/nothing").status_code == 404
