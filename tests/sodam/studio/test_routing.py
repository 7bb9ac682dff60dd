"""Rules of routing in the studio: tried, edited, and put aside, by proposals only."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from core_crm.voices.services import voice_register
from customization.public import change_list, in_force, operations_of, value_at
from tests.conftest import kst
from tests.sodam.studio.conftest import Browser
from tests.support.voices import a_draft

RULE = "/studio/routing/rule/street_light"
PLACE = ("routing", "voice", "rules")
FIELDS = {
    "label_ko": "볼라드",
    "label_en": "Bollards",
    "words": "볼라드, 말뚝\n진입 방지",
    "not_words": "",
    "places": "",
    "department_role": "traffic",
    "sort": "15",
    "is_active": "on",
    "c_join": "all",
}


def read(client: Client, path: str, **query: Any) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def wanted() -> dict[str, Any]:
    """The one proposal there is, as {dotted path: value}."""
    (change,) = change_list()
    return {".".join(one.path): one.value for one in operations_of(change)}


def test_a_text_goes_where_its_words_lead_and_the_page_says_why(browser: Browser) -> None:
    page = read(browser("officer"), "/studio/routing", body="가로등이 꺼졌어요", channel="portal")
    assert "낱말 가로등" in page
    answer = page.split('class="st-answer"')[1]
    assert "가로등과 보안등" in answer
    assert re.search(r"도로", answer)


def test_a_text_without_any_word_goes_by_its_category(browser: Browser) -> None:
    client = browser("officer")
    page = read(client, "/studio/routing", body="안녕하세요", category="tax", channel="portal")
    assert "맞는 규칙이 없어 분야 ‘세금’의 부서로 갑니다." in page
    page = read(client, "/studio/routing", body="안녕하세요", channel="portal")
    assert "맞는 규칙도 분야도 없어" in page


def test_a_rule_whose_condition_differs_says_so(browser: Browser) -> None:
    page = read(
        browser("officer"),
        "/studio/routing",
        body="시내버스 정류장",
        category="road",
        channel="portal",
    )
    assert "낱말 시내버스 · 조건이 다름" in page


def test_an_empty_text_is_told_so(browser: Browser) -> None:
    page = read(browser("officer"), "/studio/routing", body="")
    assert 'id="error-summary"' in page
    assert "시험할 글을 적어 주세요." in page


def test_the_last_cases_are_counted_by_rule(browser: Browser) -> None:
    client = browser("officer")
    for body in ("가로등이 꺼졌어요", "가로등", "보도블록"):
        voice_register(draft=a_draft(body=body, title=""), now=kst("2026-11-24 10:00"))
    page = read(client, "/studio/routing", replay="1")
    assert "최근 의견 3건 가운데 1건은" in page
    assert 'value="2" aria-label="가로등과 보안등"' in page


def test_a_new_rule_becomes_a_proposal(browser: Browser) -> None:
    answer = browser("admin").post("/studio/routing/new", {**FIELDS, "code": "bollard"})
    assert answer.status_code == 303
    assert wanted() == {
        "routing.voice.rules.bollard": {
            "label": {"ko": "볼라드", "en": "Bollards"},
            "words": {"볼라드": True, "말뚝": True, "진입 방지": True},
            "department_role": "traffic",
            "sort": 15,
        }
    }


def test_a_condition_of_rows_is_the_documents(browser: Browser) -> None:
    rows = {"c0_field": "category", "c0_op": "in", "c0_value": "road, traffic"}
    browser("admin").post("/studio/routing/new", {**FIELDS, **rows, "code": "bollard"})
    assert wanted()["routing.voice.rules.bollard"]["when"] == {
        "op": "in",
        "field": "category",
        "value": ["road", "traffic"],
    }


def test_a_word_of_the_standard_is_put_aside_not_lost(browser: Browser) -> None:
    client = browser("admin")
    page = read(client, RULE)
    assert "가로등, 보안등, 터널 조명</textarea>" in page
    fields = {**FIELDS, "label_ko": "가로등과 보안등", "label_en": "Street lights", "sort": "20"}
    fields |= {"words": "가로등, 보안등, 조명탑", "department_role": "street_light"}
    assert client.post(RULE, fields).status_code == 303
    assert wanted() == {
        "routing.voice.rules.street_light.words.터널 조명": False,
        "routing.voice.rules.street_light.words.조명탑": True,
    }


def test_saving_what_is_there_changes_nothing(browser: Browser) -> None:
    fields = {
        "label_ko": "버스",
        "label_en": "Buses",
        "words": "시내버스, 마을버스, 버스 노선, 배차 간격, 버스 기사",
        "department_role": "transit",
        "sort": "60",
        "is_active": "on",
        "c_join": "all",
        "c0_field": "category",
        "c0_op": "in",
        "c0_value": "traffic, unsure",
    }
    answer = browser("admin").post("/studio/routing/rule/transit", fields)
    assert answer.status_code == 422
    assert "바뀐 값이 없습니다." in answer.content.decode()


def test_a_rule_is_tried_before_it_is_saved(browser: Browser) -> None:
    client = browser("admin")
    voice = voice_register(draft=a_draft(body="볼라드가 부러졌어요"), now=kst("2026-11-24 10:00"))
    page = client.post("/studio/routing/new", {**FIELDS, "code": "bollard", "try": "1"})
    shown = page.content.decode()
    assert page.status_code == 200
    assert "1건 가운데 1건이 다른 부서로 가고" in shown
    assert voice.ref in shown
    assert not change_list().exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"words": ""}, "낱말, 장소, 조건 가운데 하나는 있어야 합니다."),
        ({"words": "가" * 41}, "낱말 하나는 40자까지입니다."),
        ({"code": "street_light"}, "이미 있는 코드입니다."),
        ({"code": "Nein"}, "영문 소문자로 시작하고"),
        ({"c0_field": "category", "c0_op": "ge", "c0_value": "x"}, "조건: "),
        ({"c_deep": "{"}, "JSON으로 읽을 수 없습니다."),
        ({"department_role": "nobody"}, "error-summary"),
        ({"label_ko": ""}, "이름 항목을 채워 주세요."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(
    browser: Browser, fields: dict[str, str], said: str
) -> None:
    answer = browser("admin").post("/studio/routing/new", {**FIELDS, "code": "bollard", **fields})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert 'id="error-summary"' in page
    assert not change_list().exists()


def test_only_an_own_rule_can_be_taken_out(browser: Browser) -> None:
    client = browser("admin")
    assert 'name="remove"' not in read(client, RULE)
    assert client.get("/studio/routing/rule/none").status_code == 404


def test_an_officer_reads_and_saves_nothing(browser: Browser) -> None:
    officer = browser("officer")
    assert "변경안으로 저장" not in read(officer, RULE)
    assert "새 규칙" not in read(officer, "/studio/routing")
    answer = officer.post("/studio/routing/new", {**FIELDS, "code": "bollard"})
    assert answer.status_code == 403
    assert not change_list().exists()


def test_a_role_gets_a_department_of_the_citys_own(browser: Browser) -> None:
    client = browser("admin")
    page = read(client, "/studio/routing/departments")
    code = re.findall(r'<option value="([a-z][^"]+)"', page)[0]
    assert client.post("/studio/routing/departments", {"r-street_light": code}).status_code == 303
    assert wanted() == {"routing.voice.departments.street_light": code}
    wrong = client.post("/studio/routing/departments", {"r-street_light": "moon"})
    assert wrong.status_code == 422
    assert 'href="#r-street_light"' in wrong.content.decode()
    same = client.post("/studio/routing/departments", {})
    assert "바뀐 값이 없습니다." in same.content.decode()


def test_the_rules_in_force_are_all_in_the_table(browser: Browser) -> None:
    page = read(browser("officer"), "/studio/routing")
    rules = value_at(in_force().tree, PLACE)
    assert all(f"<code>{code}</code>" in page for code in rules)
