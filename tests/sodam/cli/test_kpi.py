"""`sodam kpi score`: a period's scores, exact, with the digests they rest on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sodam.cli import main
from tenants.context import serving_city
from tests.sodam.staff.kpi_city import a_year

pytestmark = pytest.mark.usefixtures("two_cities")
SCORE = ("kpi", "score", "--city", "busan", "--period")


def scored(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main([*SCORE, *arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_scores_of_a_month_pin_what_they_rest_on(capsys: pytest.CaptureFixture[str]) -> None:
    with serving_city("busan"):
        a_year()
    told = scored(capsys, "2025-06")
    assert (told["city"], told["period"], told["level"], told["is_over"]) == (
        "busan",
        "2025-06",
        "department",
        True,
    )
    assert [one["kpi"] for one in told["items"]] == ["reduction", "on_time", "satisfaction"]
    assert all(len(one["digest"]) == 64 for one in [told, *told["items"]])
    assert len(told["facts_digest"]) == 64
    assert {row["name"] for row in told["rows"]} >= {"도로안전과", "여권과"}
    assert scored(capsys, "2025-06") == told
    people = scored(capsys, "2025-06", "--level", "official")
    assert "김담당" in {row["name"] for row in people["rows"]}
    agreed = scored(capsys, "2025", "--contract", "customer")
    assert {row["grade"] for row in agreed["rows"]} & {"탁월", "우수", "보통", "미흡", "부진"}


def test_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    with serving_city("busan"):
        a_year()
    assert main([*SCORE, "2025"]) == 0
    said = capsys.readouterr()
    assert "도로안전과" in said.out
    assert "점수" in said.out
    assert "기준" in said.err


def test_what_is_no_period_and_no_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*SCORE, "2025-13"]) == 3
    assert "2026-Q4" in capsys.readouterr().err
    assert main([*SCORE, "2025", "--contract", "nobody"]) == 4
