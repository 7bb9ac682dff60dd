"""What other weights, targets and contracts would make of last month's scores."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from core_crm.kpis.models import DayFact
from core_crm.kpis.selectors import score_sheet
from core_crm.kpis.types import Span
from customization.preview.running import what_if
from customization.preview.types import Impact
from customization.public import copied, in_force, put
from tests.conftest import ServedCity, kst
from tests.sodam.staff.kpi_city import a_year

NOW = kst("2025-07-03 09:00")  # the last month that is over is June
JUNE = Span.read("2025-06")


@pytest.fixture
def year(busan: ServedCity) -> None:
    a_year()


def changed(**values: Any) -> list[Impact]:
    before = in_force().tree
    after = copied(before)
    for path, value in values.items():
        put(after, tuple(path.split(".")), value)
    return what_if(before, after, now=NOW)


def test_other_weights_give_other_points_and_places(year: None) -> None:
    (found,) = changed(**{"kpi.reduction.weight": 70, "kpi.satisfaction.weight": 0})
    assert (found.what, found.failed) == ("kpi", "")
    before = {row.department_name: row.points for row in score_sheet(JUNE, now=NOW).rows}
    shown = [row for row in found.rows if row[1] == "6월 지표"]
    assert shown
    for name, _by, was, will, difference, _places in shown:
        assert was == str(before[name])
        assert Decimal(will) - Decimal(was) == Decimal(difference)
        assert difference[0] in "+-"
    assert found.figures["영향받는 계약 항목"] == 2
    assert "6월" in found.sentence
    assert found.rows_in_all == len(found.rows)


def test_another_target_touches_one_item_of_the_contract(year: None) -> None:
    (found,) = changed(**{"kpi.reduction.target": 90})
    assert found.figures["영향받는 계약 항목"] == 1
    assert any(row[1] == "고객만족 직무성과계약" for row in found.rows)
    assert found.figures["내리는 점수"] >= 1
    assert found.figures["오르는 점수"] == 0
    assert found.figures["점수가 달라지는 담당자"] >= 1


def test_another_contract_changes_its_own_scores_only(year: None) -> None:
    items = "performance_contract.customer.items"
    (found,) = changed(**{f"{items}.reduction.weight": 60, f"{items}.satisfaction.weight": 10})
    assert {row[1] for row in found.rows} == {"고객만족 직무성과계약"}
    assert found.figures["점수가 달라지는 담당자"] == 0


def test_words_alone_change_no_score(year: None) -> None:
    (found,) = changed(**{"kpi.reduction.label.ko": "빨라진 만큼"})
    assert found.rows == ()
    assert "그대로" in found.sentence


def test_what_is_wrong_with_a_draft_is_not_the_previews_to_say(year: None) -> None:
    (found,) = changed(**{"kpi.reduction.formula": "no such("})
    assert found.failed == ""


def test_other_documents_are_none_of_its_business(year: None) -> None:
    assert "kpi" not in {one.what for one in changed(**{"calendar.office.closes_at": "17:00"})}


def test_nothing_is_written(year: None) -> None:
    before = list(DayFact.objects.order_by("id").values())
    changed(**{"kpi.reduction.weight": 70, "kpi.satisfaction.weight": 0})
    assert list(DayFact.objects.order_by("id").values()) == before


def test_a_city_without_facts_has_no_scores_to_change(busan: ServedCity) -> None:
    (found,) = changed(**{"kpi.reduction.target": 90})
    assert (found.rows, found.figures["부서의 점수"]) == ((), 0)
    assert "자료가 없습니다" in found.sentence
