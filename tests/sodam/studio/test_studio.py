"""The studio: reference data as officials read it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, resolve

from core_crm.staff.types import Role
from core_crm.voices.selectors import workflow_of_city
from sodam.studio.diagram import draw
from sodam.studio.urls import urlpatterns
from tenants.accounts.models import User
from tests.sodam.studio.conftest import BACKEND, Browser

PAGES = [
    "/studio/",
    *(f"/studio/{one}" for one in ["routing", "routing/new", "routing/departments"]),
    *(f"/studio/{one}" for one in ["targets", "targets/new", "calendar/hours"]),
    *(f"/studio/{one}" for one in ["routing/rule/transit", "targets/target/grievance"]),
    "/studio/services/passport_issue",
    *(f"/studio/{one}" for one in ["organisation", "services", "workflow", "calendar"]),
    *(f"/studio/{one}" for one in ["documents", "documents/kpi/reduction", "changes", "upgrade"]),
    *(f"/studio/{one}" for one in ["kpi", "kpi/new", "kpi/on_time"]),
    *(f"/studio/workflow/{one}" for one in ["running", "states/new", "steps/new"]),
    *(f"/studio/workflow/{one}" for one in ["states/assigned", "steps/answer"]),
    *(f"/studio/{one}" for one in ["campaigns", "campaigns/new", "campaigns/type/city_news"]),
    *(f"/studio/{one}" for one in ["words", "brand", "codes", "codes/new", "privacy"]),
    "/studio/people/roles",
    *(f"/studio/{one}" for one in ["codes/list/categories", "changes/compare", "plugins"]),
    *(f"/studio/forms{one}" for one in ["", "/new"]),
]
ACTS = {"studio_preview_leave", "studio_kpi_try", "studio_privacy_forget"}
"""Fixed addresses that are no pages."""
TESTED_APART = re.compile(
    "change|preview|plugin|form|field|workflow_remove|brand_sample|rename|remove"
    "|people|person|groups|unit|organisation_|visit|privacy_act"
)
"""Addresses with a name inside whose pages need something to be there first: tests of their own."""


def read(client: Client, path: str, **query: Any) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_page_of_the_studio_stands_in_these_tests() -> None:
    asked = {resolve(page, urlconf="sodam.urls.city").url_name for page in PAGES}
    named = {str(one.name) for one in urlpatterns if isinstance(one, URLPattern)}
    left = named - asked - ACTS
    assert {one for one in left if not TESTED_APART.search(one)} == set()


@pytest.mark.parametrize("path", PAGES)
def test_nobody_logged_in_is_led_to_the_log_in(
    busan: Any, city_client: Callable[..., Client], path: str
) -> None:
    answer = city_client("busan").get(path)
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/staff/login?next={path.replace('/', '%2F')}",
    )


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_every_role_may_read_it_that_may_see_settings(browser: Browser, role: str) -> None:
    assert browser(role).get("/studio/").status_code == 200


def test_a_login_without_a_seat_may_not(browser: Browser, city_client: Any) -> None:
    client = city_client("busan")
    user = User.objects.create_user("guest@busan.example", name="손님")
    client.force_login(user, backend=BACKEND)
    assert client.get("/studio/").status_code == 403


@pytest.mark.parametrize("path", PAGES)
def test_pages_have_nothing_inline(browser: Browser, path: str) -> None:
    page = read(browser("officer"), path)
    assert " style=" not in page
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert page.count("<h1") == 1


def test_the_organisation_is_busans_own_and_can_be_searched(browser: Browser) -> None:
    client = browser("officer")
    assert "도시" in read(client, "/studio/organisation")
    found = read(client, "/studio/organisation", q="감사")
    assert "감사" in found
    assert len(found) < len(read(client, "/studio/organisation"))
    assert "그런 이름의 부서가 없습니다" in read(client, "/studio/organisation", q="달나라과")


def test_the_service_catalogue_can_be_searched_by_title_and_category(browser: Browser) -> None:
    client = browser("officer")
    found = read(client, "/studio/services", q="여권")
    assert "여권 발급" in found
    assert "자동차" not in found.split("<tbody>")[1]
    assert "맞는 민원이 없습니다" in read(client, "/studio/services", q="달나라 여행")
    assert read(client, "/studio/services", category="certificate").count("<tr><th scope=") > 1


def test_the_workflows_table_equals_its_drawing(browser: Browser) -> None:
    page = read(browser("officer"), "/studio/workflow")
    workflow = workflow_of_city()
    names = {code: state.label.ko for code, state in workflow.states()}
    drawn = draw(workflow, names)
    pairs = {
        (source, step.target)
        for _code, step in workflow.steps()
        for source in step.source
        if source != step.target
    }
    assert page.count('class="way"') == len(drawn.arrows) == len(pairs)
    assert page.count('class="box ') == len(names)
    for code, state in workflow.states():
        assert state.label.ko in page
        assert f"<code>{code}</code>" in page


def test_boxes_of_the_drawing_do_not_overlap(busan: Any) -> None:
    workflow = workflow_of_city()
    boxes = draw(workflow, {code: code for code, _ in workflow.states()}).boxes
    assert len({(box.x, box.y) for box in boxes}) == len(boxes)


def test_the_calculator_shows_each_counted_stretch_with_its_article(browser: Browser) -> None:
    page = read(
        browser("officer"),
        "/studio/calendar",
        received_on="2026-12-23",
        received_time="15:30",
        unit="days",
        amount="3",
    )
    assert "2026. 12. 29.(화) 15:30" in page
    assert "민원 처리에 관한 법률 제19조 제1항" in page
    assert "5.5시간" in page


def test_the_calculator_takes_a_class_a_supplement_and_an_extension(browser: Browser) -> None:
    page = read(
        browser("officer"),
        "/studio/calendar",
        received_on="2026-11-24",
        received_time="10:00",
        petition_class="grievance",
        unit="days",
        supplement_from="2026-11-25",
        supplement_to="2026-11-27",
        is_extended="on",
    )
    assert "2026. 12. 16.(수) 18:00" in page


@pytest.mark.parametrize(
    "query",
    [
        {"received_on": "", "received_time": "10:00"},
        {"received_on": "2026-11-24", "received_time": "10:00", "unit": "days"},
        {
            "received_on": "2026-11-24",
            "received_time": "10:00",
            "petition_class": "grievance",
            "supplement_from": "2026-11-25",
        },
        {
            "received_on": "2026-11-24",
            "received_time": "10:00",
            "petition_class": "grievance",
            "supplement_from": "2026-11-20",
            "supplement_to": "2026-11-27",
        },
        {"received_on": "1980-01-01", "received_time": "10:00", "petition_class": "grievance"},
        {"received_on": "2026-11-24", "received_time": "x", "unit": "moons", "amount": "9999"},
    ],
)
def test_a_wrong_question_is_answered_with_what_to_mend(
    browser: Browser, query: dict[str, str]
) -> None:
    page = read(browser("officer"), "/studio/calendar", **query)
    assert 'id="error-summary"' in page
    assert "<title>오류: " in page
    assert "아직 계산하지 않았습니다" in page


def test_a_year_that_is_not_in_the_gazette_is_called_a_forecast(browser: Browser) -> None:
    client = browser("officer")
    assert "미리 셈한 날" in read(client, "/studio/calendar", year="2028")
    assert "미리 셈한 날" not in read(client, "/studio/calendar", year="2027")
    assert "노동절" in read(client, "/studio/calendar", year="2026")
