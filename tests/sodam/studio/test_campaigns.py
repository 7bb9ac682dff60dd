"""Kinds of campaign in the studio: read, counted, proposed, refused with the reason."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from customization.public import change_list, in_force, operations_of, value_at
from tests.sodam.studio.conftest import Browser

LIST, NEW = "/studio/campaigns", "/studio/campaigns/new"
GUIDE = "/studio/campaigns/type/service_guide"


def fields_of(client: Client, path: str) -> dict[str, str]:
    """The form as a browser would send it back untouched."""
    page = client.get(path).content.decode()
    form = page.split("data-campaign>", 1)[1].split("</form>", 1)[0]
    sent: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attrs = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        is_box = attrs.get("type") in ("radio", "checkbox")
        if "name" in attrs and (not is_box or " checked" in tag):
            sent[attrs["name"]] = attrs.get("value", "on" if is_box else "")
    for name, body in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)"[^>]* selected', body)
        first = re.search(r'<option value="([^"]*)"', body)
        sent[name] = (chosen or first)[1] if (chosen or first) else ""  # type: ignore[index]
    return sent


def test_every_kind_stands_in_the_list_in_words(browser: Browser) -> None:
    page = browser("officer").get(LIST).content.decode()
    for word in ["처리결과 안내", "법정 안내", "답변이 나오면", "의견을 낸 횟수 2 이상"]:
        assert word in page
    assert "새 유형" not in page  # an officer only reads


@pytest.mark.parametrize("code", ["result_notice", "satisfaction_survey", "unable_notice"])
def test_a_form_sent_back_untouched_changes_nothing(browser: Browser, code: str) -> None:
    client = browser("admin")
    path = f"/studio/campaigns/type/{code}"
    answer = client.post(path, fields_of(client, path))
    assert answer.status_code == 422
    assert "바뀐 값이 없습니다" in answer.content.decode()


@pytest.mark.parametrize("code", ["service_guide", "city_news"])
def test_only_what_was_typed_becomes_a_change(browser: Browser, code: str) -> None:
    client = browser("admin")
    path = f"/studio/campaigns/type/{code}"
    answer = client.post(path, fields_of(client, path) | {"frequency_cap_days": "45"})
    assert answer.status_code == 303, answer.content.decode()
    wanted = operations_of(change_list()[0])
    assert [(one.path, one.wanted) for one in wanted] == [
        (("campaign_type", code, "frequency_cap_days"), 45)
    ]


def test_the_audience_is_counted_without_saving(browser: Browser) -> None:
    client = browser("admin")
    typed = {"c0_field": "has_phone", "c0_op": "eq", "c0_value": "예", "c1_field": ""}
    answer = client.post(GUIDE, fields_of(client, GUIDE) | typed | {"count": "1"})
    assert answer.status_code == 200, answer.content.decode()
    assert "연락처가 없음" in answer.content.decode()
    assert not change_list().exists()


def test_a_new_kind_goes_into_force_after_another_approved(browser: Browser) -> None:
    writer, approver = browser("admin"), browser("approver")
    typed = {
        "code": "winter_notice",
        "label_ko": "제설 안내",
        "sms": "service_guide",
        "c0_field": "voices_count",
        "c0_op": "ge",
        "c0_value": "1",
    }
    answer = writer.post(NEW, fields_of(writer, NEW) | typed)
    assert answer.status_code == 303, answer.content.decode()
    change = answer["location"]
    assert writer.post(f"{change}/submit").status_code == 303
    assert writer.post(f"{change}/approve").status_code == 403
    assert approver.post(f"{change}/approve").status_code == 303
    assert writer.post(f"{change}/apply").status_code == 303
    body: Any = value_at(in_force().tree, ("campaign_type", "winter_notice"))
    assert body["audience"] == {"op": "ge", "field": "voices_count", "value": 1}
    assert "제설 안내" in writer.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("path", "typed", "said"),
    [
        (NEW, {"code": "Winter"}, "영문 소문자"),
        (NEW, {"code": "city_news", "label_ko": "x", "sms": "service_guide"}, "이미 있는"),
        (NEW, {"code": "new_one", "label_ko": "x"}, "하나는 골라"),
        (GUIDE, {"c0_field": "", "c1_field": ""}, "조건을 하나는"),
        (GUIDE, {"c0_value": "많이"}, "수를 쓰세요"),
        (GUIDE, {"trigger": "date_field", "day_field": ""}, "어느 날짜에서"),
        (GUIDE, {"quiet_to": ""}, "시작과 끝을 모두"),
        ("/studio/campaigns/type/city_news", {"quiet_from": "23:00"}, "21:00–08:00"),
    ],
)
def test_what_is_not_right_is_said_and_kept(
    browser: Browser, path: str, typed: dict[str, str], said: str
) -> None:
    client = browser("admin")
    answer = client.post(path, fields_of(client, path) | typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'id="error-summary"' in page
    assert not change_list().exists()


def test_what_the_law_fixes_has_no_control_and_cannot_be_smuggled_in(browser: Browser) -> None:
    client = browser("admin")
    path = "/studio/campaigns/type/city_news"
    assert 'name="consent"' not in client.get(path).content.decode()
    typed = {"consent": "none_required", "purpose": "service_info", "cap_per_run": "9"}
    answer = client.post(path, fields_of(client, path) | typed)
    assert answer.status_code == 303
    assert [one.path[-1] for one in operations_of(change_list()[0])] == ["cap_per_run"]


def test_a_kind_nobody_has_is_not_found(browser: Browser) -> None:
    assert browser("admin").get("/studio/campaigns/type/nothing").status_code == 404
