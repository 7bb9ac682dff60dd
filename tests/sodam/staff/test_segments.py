"""The segments' pages: building without scripts, what is told, what is refused, what is masked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from core_crm.customers.services import citizen_register
from core_crm.customers.types import CitizenDraft
from core_crm.segments.selectors import segment_get, segment_list
from tests.conftest import ServedCity
from tests.sodam.staff import kit

NEW = "/staff/segments/new"
NAMED = {"code": "old_women", "name": "어르신", "kind": "live", "description": ""}
RULES = {
    "c_join": "all",
    "g0_join": "all",
    "g0r0_field": "age",
    "g0r0_op": "ge",
    "g0r0_value": "65",
    "g0r1_field": "sex",
    "g0r1_op": "eq",
    "g0r1_value": "F",
}
NOT_ENGLISH = {"g1_join": "any", "g1_not": "on", "g1r0_field": "language", "g1r0_op": "eq"}


@pytest.fixture
def steward(busan: ServedCity) -> Any:
    for number, sex in enumerate("FFM"):
        draft = CitizenDraft(
            name=f"김순{number}",
            phone=f"010-0000-421{number}",
            birth_on=date(1950, 1, 1),
            sex=sex,
            address="부산광역시 해운대구 우1동 1",
        )
        citizen_register(draft, by=None, now=timezone.now())
    return kit.logged_in(kit.official("steward"))


def test_rows_and_groups_grow_and_shrink_by_buttons_alone(steward: Any) -> None:
    page = steward.post(NEW, RULES | NAMED | {"do": "row+0"})
    assert [len(group.lines) for group in page.context["tree"].groups] == [3]
    assert page.context["focus"] == "g0r2_field"
    page = steward.post(NEW, RULES | NAMED | {"do": "group+"})
    assert len(page.context["tree"].groups) == 2
    page = steward.post(NEW, RULES | NAMED | {"do": "row-0-0"})
    assert [line.row.field for line in page.context["tree"].groups[0].lines] == ["sex"]
    assert page.context["form"]["name"].value() == "어르신"


def test_what_was_chosen_is_counted_and_read_aloud_before_it_is_saved(steward: Any) -> None:
    page = steward.post(NEW, RULES | {"do": "look"})
    panel = page.context["panel"]
    assert (panel["n"], panel["all_citizens"]) == (2, 3)
    assert panel["sentence"] == "만 나이 65 이상 그리고 성별: 여성"
    assert [(one["left"], one["removed"]) for one in panel["steps"]] == [(3, 0), (2, 1)]
    assert not segment_list().exists()


def test_a_change_without_any_button_is_counted_too(steward: Any) -> None:
    page = steward.post(NEW, RULES)  # as htmx sends it when a control changed
    assert (page.status_code, page.context["panel"]["n"]) == (200, 2)


def test_examples_are_masked(steward: Any) -> None:
    text = steward.post(NEW, RULES | {"do": "look"}).content.decode()
    assert "김*0" in text
    assert "010-****-4210" in text
    assert "해운대구" in text
    assert "김순0" not in text
    assert "0000-4210" not in text


def test_a_saved_segment_is_edited_as_it_was_typed(steward: Any) -> None:
    groups = RULES | NOT_ENGLISH | {"g1r0_value": "en", "g1r1_field": "is_restricted"}
    groups |= {"g1r1_op": "eq", "g1r1_value": "true"}
    saved = steward.post(NEW, groups | NAMED | {"do": "save"})
    assert saved["Location"] == "/staff/segments/old_women"
    condition = segment_get("old_women").condition
    assert condition["all"][2]["not"]["any"][0]["value"] == "en"
    page = steward.get("/staff/segments/old_women/edit")
    first, second = page.context["tree"].groups
    assert ([line.row.value for line in first.lines], second.is_not) == (["65", "F"], True)
    shown = steward.get("/staff/segments/old_women").content.decode()
    assert "만 나이 65 이상" in shown
    assert "아직 쓰는 곳이 없습니다" in shown
    assert "비교할 통계가 없습니다" in shown
    assert "1,669,032" not in shown
    assert "51.4" in shown  # women among the residents of Busan
    assert "어르신" in steward.get("/staff/segments").content.decode()


def test_a_rule_that_leaves_nobody_is_named(steward: Any) -> None:
    page = steward.post(NEW, RULES | {"g0r0_value": "130", "do": "look"})
    assert "‘만 나이 130 이상’에 맞는 시민이 한 명도 없습니다" in page.content.decode()


def test_sensitive_data_asks_for_a_law_before_it_is_saved(steward: Any) -> None:
    wheelchair = {"g0r1_field": "need.wheelchair", "g0r1_op": "eq", "g0r1_value": "true"}
    refused = steward.post(NEW, RULES | wheelchair | NAMED | {"do": "save"})
    assert refused.status_code == 422
    assert "basis_law" in refused.context["form"].errors
    law = {"basis_law": "장애인복지법", "basis_article": "제9조"}
    assert steward.post(NEW, RULES | wheelchair | NAMED | law | {"do": "save"}).status_code == 303
    assert "장애인복지법 제9조" in steward.get("/staff/segments/old_women").content.decode()


def test_a_kept_segment_is_taken_anew_and_put_away(steward: Any) -> None:
    steward.post(NEW, RULES | NAMED | {"kind": "snapshot", "do": "save"})
    page = steward.get("/staff/segments/old_women")
    assert (page.context["drift"].kept, page.context["drift"].joined) == (2, 0)
    taken = segment_get("old_women").taken_at
    steward.post("/staff/segments/old_women/act", {"do": "retake"})
    assert segment_get("old_women").taken_at > taken
    steward.post("/staff/segments/old_women/act", {"do": "archive"})
    assert not segment_list().exists()
    assert "어르신" in steward.get("/staff/segments?view=archived").content.decode()


def test_who_may_only_look_gets_no_buttons(steward: Any) -> None:
    steward.post(NEW, RULES | NAMED | {"do": "save"})
    officer = kit.logged_in(kit.official("officer", name="이담당"))
    assert "고치기" not in officer.get("/staff/segments/old_women").content.decode()
    assert officer.post("/staff/segments/old_women/act", {"do": "archive"}).status_code == 403
