"""Targets, office hours and services in the studio: changed by proposals, never past the law."""

from __future__ import annotations

from typing import Any

import pytest

from core_crm.voices.services import voice_register
from customization.public import change_list, operations_of
from tests.conftest import kst
from tests.sodam.studio.conftest import Browser
from tests.support.voices import a_draft

TARGET = {
    "label_ko": "여권",
    "label_en": "Passports",
    "petition_class": "",
    "category": "",
    "service": "passport_issue",
    "how": "period",
    "percent": "",
    "unit": "days",
    "amount": "4",
    "warn_percent": "70",
    "escalation_to": "head",
    "escalation_percent": "90",
    "sort": "100",
}
HOURS = {
    "opens_at": "08:30",
    "closes_at": "18:00",
    "lunch_from": "12:00",
    "lunch_to": "13:00",
}


def wanted() -> dict[str, Any]:
    (change,) = change_list()
    return {".".join(one.path): one.value for one in operations_of(change)}


def test_a_target_for_one_service_becomes_a_proposal(browser: Browser) -> None:
    answer = browser("admin").post("/studio/targets/new", {**TARGET, "code": "passport"})
    assert answer.status_code == 303
    assert wanted() == {
        "sla.voice.targets.passport": {
            "label": {"ko": "여권", "en": "Passports"},
            "period": {"unit": "days", "amount": 4},
            "service": "passport_issue",
            "escalation": {"percent": 90, "to": "head"},
        }
    }


def test_only_what_differs_is_proposed(browser: Browser) -> None:
    client = browser("admin")
    page = client.get("/studio/targets/target/grievance").content.decode()
    assert 'value="50"' in page
    fields = {**TARGET, "label_ko": "고충민원", "label_en": "Grievances", "service": ""}
    fields |= {"petition_class": "grievance", "how": "percent", "percent": "40", "sort": "10"}
    fields |= {"escalation_percent": "100"}
    assert client.post("/studio/targets/target/grievance", fields).status_code == 303
    assert wanted() == {"sla.voice.targets.grievance.percent": 40}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"service": ""}, "가운데 하나는 골라 주세요"),
        ({"how": "percent"}, "수를 적어 주세요."),
        ({"amount": ""}, "수를 적어 주세요."),
        ({"escalation_percent": ""}, "수를 적어 주세요."),
        (
            {"service": "", "petition_class": "grievance", "amount": "9"},
            "목표는 법정 처리기간보다 길 수 없습니다.",
        ),
        ({"code": "grievance"}, "이미 있는 코드입니다."),
    ],
)
def test_a_target_that_is_none_is_told_so(
    browser: Browser, fields: dict[str, str], said: str
) -> None:
    answer = browser("admin").post("/studio/targets/new", {**TARGET, "code": "passport", **fields})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not change_list().exists()


def test_a_target_is_tried_on_the_last_cases(browser: Browser) -> None:
    client = browser("admin")
    voice_register(draft=a_draft(), now=kst("2026-11-20 10:00"))
    fields = {**TARGET, "service": "", "petition_class": "grievance", "how": "percent"}
    answer = client.post(
        "/studio/targets/new", {**fields, "percent": "1", "code": "fast", "try": "1"}
    )
    assert answer.status_code == 200
    assert "최근 의견 1건 가운데" in answer.content.decode()


def test_the_targets_say_what_they_promise(browser: Browser) -> None:
    page = browser("officer").get("/studio/targets").content.decode()
    assert "법정기간의 50%" in page
    assert "100%를 쓰면 부서장에게" in page
    assert "새 목표" not in page


def test_office_hours_open_earlier_by_a_proposal(browser: Browser) -> None:
    assert browser("admin").post("/studio/calendar/hours", HOURS).status_code == 303
    assert wanted() == {"calendar.office.opens_at": "08:30"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"opens_at": "10:30"}, "8시간보다 짧으면"),
        ({"closes_at": "08:00"}, "시간 순서대로여야"),
        ({"lunch_to": ""}, "시작과 끝을 모두"),
        ({"opens_at": "09:00"}, "바뀐 값이 없습니다."),
        ({"opens_at": "x"}, "error-summary"),
    ],
)
def test_hours_that_break_the_law_are_refused(
    browser: Browser, fields: dict[str, str], said: str
) -> None:
    answer = browser("admin").post("/studio/calendar/hours", {**HOURS, **fields})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not change_list().exists()


def test_hours_are_tried_on_the_last_cases(browser: Browser) -> None:
    client = browser("admin")
    voice_register(draft=a_draft(category="unsure"), now=kst("2026-11-20 17:30"))
    page = client.post("/studio/calendar/hours", {**HOURS, "closes_at": "21:00", "try": "1"})
    assert "살펴본 의견" in page.content.decode()


SERVICE = {
    "title_ko": "여권 발급(신규·재발급)",
    "title_en": "Passport issue or reissue",
    "amount": "8",
    "unit": "days",
    "department_role": "passport",
    "legal_basis": "여권법 제9조, 제11조",
    "documents": "여권발급신청서\n여권용 사진 1장(6개월 안에 찍은 것)\n신분증\n"
    "병역 관련 서류(해당하는 사람)",
    "fee_krw": "",
    "fee_note": "여권의 종류·면수·유효기간에 따라 다릅니다.",
}


def test_a_services_period_gets_shorter_by_a_proposal(browser: Browser) -> None:
    client = browser("admin")
    assert "표준 8일" in client.get("/studio/services/passport_issue").content.decode()
    answer = client.post("/studio/services/passport_issue", {**SERVICE, "amount": "4"})
    assert answer.status_code == 303
    assert wanted() == {"code_list.services.services.passport_issue.period.amount": 4}


def test_a_services_period_never_gets_longer(browser: Browser) -> None:
    answer = browser("admin").post("/studio/services/passport_issue", {**SERVICE, "amount": "9"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "법정 처리기간은 짧게만 바꿀 수 있습니다" in page
    assert 'aria-invalid="true"' in page


def test_a_service_saved_as_it_is_changes_nothing(browser: Browser) -> None:
    client = browser("admin")
    answer = client.post("/studio/services/passport_issue", SERVICE)
    assert "바뀐 값이 없습니다." in answer.content.decode()
    assert client.get("/studio/services/nothing").status_code == 404
