"""Spans that end, cases that are run again, and where a running case may land."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_crm.calendars import city_calendar
from core_crm.extension_points import documents
from core_crm.staff.types import Right
from core_crm.workflows import Why, Workflow
from core_crm.workflows.moving import landing
from core_crm.workflows.replaying import History, PastStep, Verdict, replay
from core_crm.workflows.spans import span_ends_at, surely_not_before
from core_crm.workflows.types import Span
from tests.conftest import kst
from tests.support.workflows import with_a_check

BEGAN = kst("2026-11-02 09:00")
MINUTE = timedelta(minutes=1)
OFFICER = frozenset({Right.VOICE_HANDLE.value, Right.VOICE_ASSIGN.value})
NOBODY = frozenset({"citizen", "system"})


def workflow(*edits: Any) -> Workflow:
    body = copy.deepcopy(documents.standard.get("workflow", "voice").body)
    for edit in edits:
        edit(body)
    return Workflow(body)


def act(action: str, day: int, **more: Any) -> PastStep:
    given: dict[str, Any] = {"held": OFFICER, "by": "kim", **more}
    return PastStep(action, BEGAN + timedelta(days=day), **given)


def judged(with_this: Workflow, *steps: PastStep, **facts: Any) -> Verdict:
    known = {"has_officer": True, "channel": "portal", **facts}
    return replay(with_this, History("BS-1", BEGAN, known, steps), calendar=city_calendar())


USUAL = (
    act("assign", 0, is_named=False, held=NOBODY, by=""),
    act("assign", 1),
    act("start", 2),
    act("answer", 5),
)


@pytest.mark.parametrize(
    ("unit", "amount", "ends"),
    [
        ("hours", 5, "2026-11-02 14:00"),
        ("days", 3, "2026-11-05 09:00"),
        ("working_days", 1, "2026-11-03 18:00"),
        ("working_days", 5, "2026-11-09 18:00"),
    ],
)
def test_a_span_ends_when_it_says(unit: Any, amount: int, ends: str) -> None:
    span = Span(unit=unit, amount=amount)
    assert span_ends_at(span, start=BEGAN, calendar=city_calendar()) == kst(ends)


@given(
    unit=st.sampled_from(["hours", "days", "working_days"]),
    amount=st.integers(1, 40),
    minutes=st.integers(0, 300 * 24 * 60),
)
def test_no_span_ends_before_the_first_look(unit: Any, amount: int, minutes: int) -> None:
    span, began = Span(unit=unit, amount=amount), kst("2026-01-01 00:00") + minutes * MINUTE
    ends = span_ends_at(span, start=began, calendar=city_calendar())
    assert ends - began >= surely_not_before(span)


def test_what_happened_is_legal_in_the_workflow_it_happened_in() -> None:
    assert judged(workflow(), *USUAL).is_legal


def test_a_closed_case_was_closed_with_its_answer() -> None:
    reopened = act("reopen", 8, held=NOBODY, by="", comment="그대로예요")
    assert judged(workflow(), *USUAL, reopened).is_legal


def test_the_first_step_that_is_not_possible_is_named() -> None:
    def only_checked(body: dict[str, Any]) -> None:
        with_a_check(body)
        body["transitions"]["answer"]["source"] = ["checking"]

    found = judged(workflow(only_checked), *USUAL)
    assert (found.is_legal, found.action, found.state) == (False, "answer", "in_progress")
    assert found.why == Why.STATE


def test_a_case_that_waited_for_its_closing_could_not_be_reopened() -> None:
    def closed_by_hand(body: dict[str, Any]) -> None:
        body["transitions"]["close"]["roles"] = []

    reopened = act("reopen", 8, held=NOBODY, by="", comment="그대로예요")
    found = judged(workflow(closed_by_hand), *USUAL, reopened)
    assert (found.action, found.state) == ("reopen", "answered")


def test_who_led_here_may_not_go_on_where_duties_are_apart() -> None:
    def apart(body: dict[str, Any]) -> None:
        body["transitions"]["answer"]["separation_of_duty"] = True

    assert judged(workflow(apart), *USUAL).why == Why.DUTY
    others = (*USUAL[:-1], act("answer", 5, by="lee"))
    assert judged(workflow(apart), *others).is_legal


def test_a_missing_reason_is_seen() -> None:
    def with_words(body: dict[str, Any]) -> None:
        body["transitions"]["start"]["requires_comment"] = True

    assert judged(workflow(with_words), *USUAL).why == Why.FACT


def test_a_stay_over_the_states_clock_is_seen() -> None:
    def hurried(body: dict[str, Any]) -> None:
        body["states"]["in_progress"]["clock"] = {"unit": "days", "amount": 2}

    assert judged(workflow(hurried), *USUAL).over_clock
    assert not judged(workflow(), *USUAL).over_clock


def test_the_clock_goes_first_where_it_would_have() -> None:
    def by_itself(body: dict[str, Any]) -> None:
        body["transitions"]["fetch"] = {
            "label": {"ko": "저절로 시작", "en": "Begin"},
            "source": ["assigned"],
            "target": "in_progress",
            "roles": ["system"],
            "auto_after": {"unit": "hours", "amount": 12},
        }

    found = judged(workflow(by_itself), *USUAL)
    assert (found.by_clock, found.action, found.state) == (1, "start", "in_progress")


def test_a_case_goes_over_by_its_own_name_or_by_the_map() -> None:
    def renamed(body: dict[str, Any]) -> None:
        with_a_check(body)
        body["migrate"] = {"on_site": "checking"}

    to = workflow(renamed)
    assert landing(to, "in_progress", is_paused=False, is_settled=False).target == "in_progress"
    assert landing(to, "on_site", is_paused=False, is_settled=False).target == "checking"
    assert "‘attic’ 상태가 없고" in landing(to, "attic", is_paused=False, is_settled=False).refused


def test_moving_neither_stops_a_clock_nor_settles_a_case() -> None:
    def astray(body: dict[str, Any]) -> None:
        body["migrate"] = {"on_site": "waiting", "parked": "in_progress", "shelf": "answered"}

    to = workflow(astray)
    assert "시계가 달리" in landing(to, "on_site", is_paused=False, is_settled=False).refused
    assert "시계가 달리" in landing(to, "parked", is_paused=True, is_settled=False).refused
    assert "결과가" in landing(to, "shelf", is_paused=False, is_settled=False).refused
    assert "결과가" in landing(to, "in_progress", is_paused=False, is_settled=True).refused
    assert landing(to, "answered", is_paused=False, is_settled=True).target == "answered"
