"""Words, looks and lists in the studio."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from core_crm.identity import is_readable
from customization.public import change_list, in_force, operations_of, value_at
from sodam.studio.brand import READABLE
from tests.sodam.studio.conftest import Browser

WORDS, BRAND = "/studio/words", "/studio/brand"
CATEGORIES, NEW_LIST = "/studio/codes/list/categories", "/studio/codes/new"


def fields_of(client: Client, path: str) -> dict[str, str]:
    """The page's form as a browser would send it back untouched."""
    page = client.get(path).content.decode()
    form = page.split('<form method="post" novalidate', 1)[1].split("</form>", 1)[0]
    sent: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attrs = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        is_box = attrs.get("type") in ("radio", "checkbox")
        if "name" in attrs and (not is_box or " checked" in tag):
            sent[attrs["name"]] = attrs.get("value", "on" if is_box else "")
    return sent


def wanted_of(answer: Any) -> dict[tuple[str, ...], Any]:
    assert answer.status_code == 303, answer.content.decode()
    return {one.path: one.wanted for one in operations_of(change_list()[0])}


@pytest.mark.parametrize("path", [WORDS, BRAND, CATEGORIES])
def test_a_form_sent_back_untouched_changes_nothing(browser: Browser, path: str) -> None:
    client = browser("admin")
    answer = client.post(path, fields_of(client, path))
    assert answer.status_code == 422
    assert "바뀐 값이 없습니다" in answer.content.decode()
    assert not change_list().exists()


@pytest.mark.parametrize("path", [WORDS, BRAND, CATEGORIES, NEW_LIST])
def test_an_officer_reads_and_cannot_save(browser: Browser, path: str) -> None:
    client = browser("officer")
    page = client.get(path).content.decode()
    assert "변경안으로 저장" not in page
    typed = {"phone": "051-120", "colour": "#0b6e4f", "code": "own", "label_ko": "우리"}
    row = {"r0_code": "one", "r0_ko": "바꾼 이름"}
    answer = client.post(path, fields_of(client, path) | typed | row)
    assert answer.status_code == 403
    assert not change_list().exists()


def test_a_word_becomes_a_change_and_is_read_by_citizens_once_applied(browser: Browser) -> None:
    client = browser("admin")
    typed = {"phone": "051-120", "call_centre_name_ko": "바다콜"}
    answer = client.post(WORDS, fields_of(client, WORDS) | typed)
    assert wanted_of(answer) == {
        ("terminology", "city", "call_centre", "name", "ko"): "바다콜",
        ("terminology", "city", "call_centre", "phone"): "051-120",
    }


def test_trying_shows_the_words_and_saves_nothing(browser: Browser) -> None:
    client = browser("admin")
    typed = {"call_centre_name_ko": "바다콜", "try": "1"}
    answer = client.post(WORDS, fields_of(client, WORDS) | typed)
    assert answer.status_code == 200
    assert "부산광역시 바다콜 <b" in answer.content.decode()
    assert not change_list().exists()


@pytest.mark.parametrize(
    ("path", "typed", "said"),
    [
        (WORDS, {"phone": "전화"}, "숫자와 -"),
        (WORDS, {"service_name_en": ""}, "비워 둘 수 없습니다"),
        (BRAND, {"colour": "blue"}, "#0b50d0처럼"),
        (BRAND, {"colour": "#ff8800"}, "4.5:1 이상"),
        (BRAND, {"line0_ko": "부산광역시 연제구"}, "두 언어로"),
        (NEW_LIST, {"code": "Bad", "label_ko": "x"}, "영문 소문자"),
        (NEW_LIST, {"code": "categories", "label_ko": "x"}, "이미 있는"),
        (NEW_LIST, {"code": "own", "label_ko": ""}, "목록의 이름"),
        (NEW_LIST, {"code": "own", "label_ko": "x", "r0_code": "A", "r0_ko": "가"}, "영문 소문자"),
        (NEW_LIST, {"code": "own", "label_ko": "x", "r0_code": "a", "r0_ko": ""}, "한국어 이름"),
        (CATEGORIES, {"r0_sort": "첫째"}, "정수로"),
    ],
)
def test_what_is_not_right_is_said_beside_its_field(
    browser: Browser, path: str, typed: dict[str, str], said: str
) -> None:
    client = browser("admin")
    answer = client.post(path, fields_of(client, path) | typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'id="error-summary"' in answer.content.decode()
    assert not change_list().exists()


def test_a_colour_and_a_line_at_the_foot_become_a_change(browser: Browser) -> None:
    client = browser("admin")
    typed = {
        "colour": "#0b6e4f",
        "line0_ko": "연제구 중앙대로 1001",
        "line0_en": "1001 Jungang-daero",
    }
    wanted = wanted_of(client.post(BRAND, fields_of(client, BRAND) | typed))
    assert wanted[("branding", "city", "colour")] == "#0b6e4f"
    assert wanted[("branding", "city", "footer", "line_1")]["text"]["ko"] == "연제구 중앙대로 1001"
    assert len(wanted) == 2


def test_nobody_but_an_official_site_decides_about_the_masthead(browser: Browser) -> None:
    client = browser("admin")
    assert 'name="masthead"' not in client.get(BRAND).content.decode()
    typed = {"colour": "#0b6e4f", "masthead": ""}
    wanted = wanted_of(client.post(BRAND, fields_of(client, BRAND) | typed))
    assert list(wanted) == [("branding", "city", "colour")]


def test_every_suggested_colour_can_be_read() -> None:
    assert all(is_readable(colour) for colour in READABLE)


def test_the_sample_has_shades_of_its_own_and_takes_no_other_text(browser: Browser) -> None:
    client = browser("admin")
    sample = client.get("/studio/brand/sample/0b6e4f.css")
    assert sample["Content-Type"] == "text/css"
    assert ".st-brandtry{" in sample.content.decode()
    assert client.get("/studio/brand/sample/red.css").status_code == 404


def test_a_list_of_ones_own_goes_from_rows_to_a_document(browser: Browser) -> None:
    client = browser("admin")
    typed = {
        "code": "sources",
        "label_ko": "출처",
        "label_en": "Sources",
        "r0_code": "mayor",
        "r0_ko": "시장지시",
        "r1_code": "pledge",
        "r1_ko": "공약",
        "r1_en": "Pledge",
        "r1_sort": "20",
    }
    wanted = wanted_of(client.post(NEW_LIST, fields_of(client, NEW_LIST) | typed))
    assert wanted == {
        ("code_list", "sources"): {
            "label": {"ko": "출처", "en": "Sources"},
            "items": {
                "mayor": {"label": {"ko": "시장지시", "en": ""}},
                "pledge": {"label": {"ko": "공약", "en": "Pledge"}, "sort": 20},
            },
        }
    }


def test_a_category_is_called_otherwise_and_nothing_else_of_it_moves(browser: Browser) -> None:
    client = browser("admin")
    wanted = wanted_of(
        client.post(CATEGORIES, fields_of(client, CATEGORIES) | {"r0_ko": "새 이름"})
    )
    ((path, value),) = wanted.items()
    assert path[:2] == ("code_list", "categories")
    assert path[-2:] == ("label", "ko")
    assert value == "새 이름"
    assert value_at(in_force().tree, path) != value


def test_the_catalogue_and_what_is_not_there_have_no_page_of_rows(browser: Browser) -> None:
    client = browser("admin")
    assert client.get("/studio/codes/list/services").status_code == 404
    assert client.get("/studio/codes/list/nothing").status_code == 404
    assert "민원편람" in client.get("/studio/codes").content.decode()


def test_several_forms_are_gathered_in_one_proposal(browser: Browser) -> None:
    client = browser("admin")
    client.post(WORDS, fields_of(client, WORDS) | {"phone": "051-120"})
    draft = change_list()[0]
    assert f'value="{draft.id}"' in client.get(BRAND).content.decode()
    typed = {"colour": "#0b6e4f", "into": str(draft.id)}
    answer = client.post(BRAND, fields_of(client, BRAND) | typed)
    assert answer["location"] == f"/studio/changes/{draft.id}"
    again = {"phone": "052-120", "into": str(draft.id)}
    client.post(WORDS, fields_of(client, WORDS) | again)
    assert {one.path[-1]: one.wanted for one in operations_of(change_list().get())} == {
        "phone": "052-120",
        "colour": "#0b6e4f",
    }


def test_nobody_adds_to_a_colleagues_draft(browser: Browser) -> None:
    writer, other = browser("admin"), browser("steward")
    writer.post(WORDS, fields_of(writer, WORDS) | {"phone": "051-120"})
    draft = change_list()[0]
    assert str(draft.id) not in other.get(BRAND).content.decode()
    typed = {"colour": "#0b6e4f", "into": str(draft.id)}
    other.post(BRAND, fields_of(other, BRAND) | typed)
    assert change_list().count() == 2
