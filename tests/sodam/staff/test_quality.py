"""The quality pages: what is counted, what opens from a bar, what is covered, what is noted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from core_crm.audit.models import Disclosure
from core_crm.customers.models import Citizen
from core_crm.customers.selectors.quality import quality_kept
from core_crm.customers.services import citizen_register
from core_crm.customers.services.quality import figures_refresh
from core_crm.customers.types import CitizenDraft
from tests.conftest import ServedCity
from tests.sodam.staff import kit

PAGE = "/staff/customers/quality"
NO_EMAIL = f"{PAGE}/rows?field=email&measure=filled"
CSV = f"{PAGE}/rows.csv?field=email&measure=filled"
BUSAN_DISTRICTS = 16


@pytest.fixture
def steward(busan: ServedCity) -> Any:
    """Three citizens: one with everything, one without an email, one whose number is wrong."""
    born = date(1950, 1, 1)
    for draft in (
        CitizenDraft(name="김순영", phone="010-0000-4210", email="a@b.example", birth_on=born),
        CitizenDraft(name="김순희", phone="010-0000-4211", address="부산광역시 해운대구 우1동 1"),
        CitizenDraft(name="김순자", phone="010-0000-4212", email="c@d.example", sex="F"),
    ):
        citizen_register(draft, by=None, now=timezone.now())
    Citizen.objects.filter(name="김순자").update(phone="+82109999999")
    return kit.logged_in(kit.official("steward"))


def cell(page: Any, field: str, place: int) -> dict[str, Any]:
    row = next(one for one in page.context["rows"] if one["word"] == field)
    found: dict[str, Any] = row["cells"][place]
    return found


def test_before_the_first_count_the_page_says_when_it_counts(steward: Any) -> None:
    assert "아직 세지 않았습니다" in steward.get(PAGE).content.decode()
    assert quality_kept("citizens") == (None, [])


def test_each_bar_says_how_many_fail_and_opens_exactly_those(steward: Any) -> None:
    figures_refresh(now=timezone.now())
    page = steward.get(PAGE)
    email, phone = cell(page, "이메일", 0), cell(page, "휴대전화", 1)
    assert (email["text"], email["bad"], email["total"]) == ("66.6%", 1, 3)
    assert (phone["text"], phone["bad"]) == ("66.6%", 1)
    behind = steward.get(email["url"])
    assert [row["name"] for row in behind.context["rows"]] == ["김*희"]
    assert behind.context["count"] == 1
    text = behind.content.decode()
    assert "010-****-4211" in text
    assert "김순희" not in text
    assert "0000-4211" not in text


def test_the_worst_comes_first_in_the_list_of_tasks(steward: Any) -> None:
    figures_refresh(now=timezone.now())
    tasks = steward.get(PAGE).context["tasks"]
    assert tasks[0]["word"] == "휴대전화: 틀린 값"
    assert [row["name"] for row in steward.get(tasks[0]["url"]).context["rows"]] == ["김*자"]


def test_a_source_narrows_fields_and_lists(steward: Any) -> None:
    Citizen.objects.filter(name="김순희").update(source="counter")
    figures_refresh(now=timezone.now())
    page = steward.get(f"{PAGE}?source=counter")
    assert cell(page, "이메일", 0)["total"] == 1
    assert "source=counter" in cell(page, "이메일", 0)["url"]
    assert not steward.get(f"{NO_EMAIL}&source=portal").context["rows"]


def test_the_rows_leave_as_a_file_for_a_reason_and_each_person_is_in_the_access_log(
    steward: Any,
) -> None:
    assert steward.post(CSV, {"what": "covered", "reason": ""}).status_code == 422
    assert not Disclosure.objects.exists()
    answer = steward.post(CSV, {"what": "open", "reason": "주소를 확인하려고 전화"})
    text = answer.content.decode("utf-8-sig")
    assert "김순희" in text
    assert "010-0000-4211" in text
    (entry,) = Disclosure.objects.all()
    assert entry.subject_id == Citizen.objects.get(name="김순희").pk
    assert entry.action == "customer.exported"


def test_who_the_customers_are_is_told_with_the_same_numbers_as_a_file(steward: Any) -> None:
    page = steward.get(f"{PAGE}/status")
    figures = {one.id: one for one in page.context["figures"]}
    sexes = [[one.text for one in line] for line in figures["status-sex"].rows]
    assert sexes == [["모름", "2", "66.7"], ["여성", "1", "33.3"]]
    text = steward.get(f"{PAGE}/status-sex.csv").content.decode("utf-8-sig")
    assert "여성,1,33.3" in text
    assert steward.get(f"{PAGE}/nothing.csv").status_code == 404


def test_months_tell_what_was_added(steward: Any) -> None:
    assert "아직 세지 않았습니다" in steward.get(f"{PAGE}/changes").content.decode()
    figures_refresh(now=timezone.now())
    total, flow = steward.get(f"{PAGE}/changes").context["figures"]
    assert (total.rows[-1][1].text, flow.rows[-1][1].text) == ("3", "3")
    assert total.rows[0][1].text == "0"


def test_districts_are_compared_only_with_residents_that_somebody_counted(steward: Any) -> None:
    page = steward.get(f"{PAGE}/coverage")
    (figure,) = page.context["figures"]
    assert len(figure.rows) == BUSAN_DISTRICTS + 1
    assert len(figure.columns) == 3
    assert "견줄 수 없습니다" in page.content.decode()
