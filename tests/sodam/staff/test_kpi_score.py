"""`/staff/kpi/score`: points as the room gives them, to those who may see them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from core_crm.kpis.selectors import score_sheet
from core_crm.kpis.types import Span
from sodam.staff.kpi_score_query import spans_of
from tests.conftest import ServedCity, kst
from tests.support.voices import Office, an_office

PAGE = "/staff/kpi/score"
NOW = kst("2026-01-10 10:00")
BACKEND = "sodam.demo.accounts.RealAccounts"


@pytest.fixture
def office(busans_year: Office) -> Office:
    return busans_year


@pytest.fixture
def page(office: Office, city_client: Callable[..., Client]) -> Callable[..., str]:
    """`page(official, span="2025")`: what this official reads."""

    def read(official: Any, path: str = PAGE, **query: str) -> str:
        client = city_client("busan")
        client.force_login(official.user, backend=BACKEND)
        answer = client.get(path, {"span": "2025", **query})
        assert answer.status_code == 200
        return str(answer.content.decode())

    return read


def names(text: str) -> list[str]:
    return re.findall(r'<th scope="row">([^<]+)</th>', text)


def test_departments_with_points_places_and_their_items(
    office: Office, page: Callable[..., str]
) -> None:
    text = page(office.officer)
    sheet = score_sheet(Span.read("2025"), now=NOW)
    assert names(text) == [row.department_name for row in sheet.rows]
    for row in sheet.rows:
        assert row.points is None or f"<b>{row.points}</b>" in text
    assert text.count("가중치") > 3
    assert sheet.digest[:12] in text
    assert "평가요소 및 기준관리" in text


def test_by_a_contract_with_grades(office: Office, page: Callable[..., str]) -> None:
    text = page(office.head, contract="customer")
    grades = {
        row.grade.label.ko
        for row in score_sheet(Span.read("2025"), now=NOW, contract="customer").rows
        if row.grade
    }
    assert grades
    assert all(f"<td>{grade}</td>" in text for grade in grades)


def test_people_are_for_their_head_and_themselves(office: Office, page: Callable[..., str]) -> None:
    assert names(page(office.officer, level="official")) == ["김담당"]
    assert "내 점수" in page(office.officer)
    assert set(names(page(office.head, level="official"))) == {"김담당", "이동료"}
    assert "순위" not in page(office.head, level="official")


def test_a_file_says_what_the_page_says(office: Office, page: Callable[..., str]) -> None:
    text = page(office.head, f"{PAGE}.csv")
    rows = score_sheet(Span.read("2025"), now=NOW).rows
    for row in rows:
        assert str(row.points) in text
    assert "김담당" not in text
    assert "이동료" not in page(office.officer, f"{PAGE}.csv", level="official")


@pytest.mark.parametrize(
    "query", [{"span": "x"}, {"level": "all"}, {"contract": "no"}, {"bureau": "z"}]
)
def test_what_is_not_known_is_the_default(
    office: Office, page: Callable[..., str], query: dict[str, str]
) -> None:
    assert "<h1>점수</h1>" in page(office.head, **query)


def test_the_periods_go_back_as_far_as_facts() -> None:
    found = [str(one) for one in spans_of(date(2026, 11, 24), [2026])]
    assert found[:2] == ["2026-11", "2026-10"]
    assert "2025-12" not in found
    assert {"2026-Q4", "2026-Q1", "2026-H2", "2026-H1", "2026"} <= set(found)


def test_an_empty_city_says_so(busan: ServedCity, city_client: Callable[..., Client]) -> None:
    client = city_client("busan")
    client.force_login(an_office().head.user, backend=BACKEND)
    assert "아직 집계한 자료가 없습니다" in client.get(PAGE).content.decode()
