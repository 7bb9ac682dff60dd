"""A list as a file: for a reason, masked, with the city's own fields and plugins' columns."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pytest

from core_crm.audit.models import AuditEntry
from core_crm.common.contributions import Added, ReportColumn
from core_crm.extension_points import report_columns
from tests.conftest import ServedCity
from tests.sodam.staff import kit
from tests.support.forms import use_form
from tests.support.points import bound

REASON = {"reason": "부서 회의 자료를 만들려고"}
FIELDS: dict[str, Any] = {
    "kind": {
        "label": {"ko": "갈래", "en": "Kind"},
        "type": "choice",
        "choices": {"lamp": {"label": {"ko": "가로등"}}, "road": {"label": {"ko": "길"}}},
        "in_inbox": True,
    },
    "guardian": {
        "label": {"ko": "보호자"},
        "type": "text",
        "personal_data": "personal",
        "mask": "name",
        "sort": 3,
    },
}


@pytest.fixture
def officer(busan: ServedCity) -> Any:
    use_form(FIELDS)
    return kit.official("officer")


def file_of(answer: Any) -> list[dict[str, str]]:
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_without_a_reason_there_is_no_file(officer: Any) -> None:
    kit.voice(to=officer)
    refused = kit.logged_in(officer).post("/staff/voices.csv?view=mine", {"reason": "음"})
    assert refused.status_code == 422
    assert not AuditEntry.objects.filter(action="voices.exported").exists()


def test_the_file_holds_the_list_as_it_is_narrowed_and_masked(officer: Any) -> None:
    lamp = kit.voice(to=officer, attributes={"kind": "lamp", "guardian": "홍길동"})
    kit.voice(to=officer, attributes={"kind": "road"})
    kit.voice(place=1)
    answer = kit.logged_in(officer).post("/staff/voices.csv?view=mine&f.kind=lamp", REASON)
    (row,) = file_of(answer)
    assert (row["접수번호"], row["갈래"], row["보호자"], row["시민"]) == (
        lamp.ref,
        "가로등",
        "홍*동",
        "김*수",
    )
    assert "홍길동" not in answer.content.decode()
    noted = AuditEntry.objects.get(action="voices.exported")
    assert (noted.facts["rows"], noted.facts["list"]) == (1, "view=mine&f.kind=lamp")
    assert noted.facts["searched"] is False
    assert noted.reason == REASON["reason"]


def test_another_departments_cases_are_not_in_it(officer: Any) -> None:
    kit.voice(place=1)
    answer = kit.logged_in(officer).post("/staff/voices.csv?view=all", REASON)
    assert file_of(answer) == []


def test_a_plugin_adds_a_column(officer: Any) -> None:
    kit.voice(to=officer, title="=1+1")
    column = ReportColumn(
        code="size", label_ko="글자 수", label_en="Size", value=lambda view: len(view.title)
    )
    with bound(report_columns, lambda: [Added("lab", column)]):
        answer = kit.logged_in(officer).post("/staff/voices.csv?view=mine", REASON)
    (row,) = file_of(answer)
    assert row["글자 수"] == "4"
    assert row["제목"] == "'=1+1"


def test_the_list_offers_the_condition_and_keeps_it(officer: Any) -> None:
    kit.voice(to=officer, attributes={"kind": "lamp"}, title="꺼진 가로등")
    kit.voice(to=officer, attributes={"kind": "road"}, title="패인 길")
    page = kit.logged_in(officer).get("/staff/voices?view=mine&f.kind=lamp").content.decode()
    assert "꺼진 가로등" in page
    assert "패인 길" not in page
    assert '<option value="lamp" selected>' in page
    assert "갈래: 가로등" in page  # the chip
    assert "갈래 가로등" in page  # the line
    assert "f.kind=lamp" in page.split("/staff/voices/export?")[1].split('"')[0]


def test_the_page_before_says_what_the_file_holds(officer: Any) -> None:
    kit.voice(to=officer)
    page = kit.logged_in(officer).get("/staff/voices/export?view=mine").content.decode()
    assert "<b>1</b>건" in page
    assert "보호자" in page
