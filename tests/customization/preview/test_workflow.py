"""Last month's voices run again through a changed workflow, and the running ones counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core_crm.voices.models import Voice
from core_crm.voices.services import voice_answer, voice_close_unable, voice_reopen
from customization.preview.running import what_if
from customization.preview.types import Impact
from customization.public import copied, in_force, put
from tests.conftest import kst
from tests.support.voices import Office, a_voice, a_voice_in_work
from tests.support.workflows import with_a_check

NOW = kst("2026-12-01 10:00")
EARLIER = kst("2026-11-24 10:00")

Body = dict[str, Any]


@pytest.fixture
def office(busans_office: Office) -> Office:
    return busans_office


@pytest.fixture
def month(office: Office) -> dict[str, Voice]:
    """One answered, one that could not be done, one reopened, one in work, one new."""
    answered = voice_answer(a_voice_in_work(office, EARLIER), body="답", by=office.officer, now=NOW)
    unable = voice_close_unable(
        a_voice_in_work(office, EARLIER),
        public_reason="사유지입니다",
        body="사유지여서 고칠 수 없습니다.",
        by=office.officer,
        now=NOW,
    )
    again = voice_answer(a_voice_in_work(office, EARLIER), body="답", by=office.officer, now=NOW)
    again = voice_reopen(again, reason="그대로예요", now=NOW)
    in_work, new = a_voice_in_work(office, EARLIER), a_voice(EARLIER)
    return {
        "answered": answered,
        "unable": unable,
        "again": again,
        "in_work": in_work,
        "new": new,
    }


def told(edit: Callable[[Body], None]) -> Impact:
    before = in_force().tree
    after = copied(before)
    edit(after["workflow"]["voice"])
    (found,) = [
        one for one in what_if(before, after, now=kst("2026-12-02 10:00")) if one.what == "workflow"
    ]
    return found


def figure(found: Impact, name: str) -> int:
    return found.figures[name]


def test_a_further_state_leaves_all_that_happened_possible(month: dict[str, Voice]) -> None:
    found = told(with_a_check)
    assert found.failed == ""
    assert figure(found, "돌려 본 의견") == 5
    assert figure(found, "지금 흐름에 맞는 것") == figure(found, "새 흐름에도 맞는 것") == 5
    assert figure(found, "진행 중인 의견") == 3
    assert figure(found, "새 흐름으로 옮길 수 없는 것") == 0
    assert found.rows == ()
    assert "5건 가운데 5건" in found.sentence


def test_the_first_step_that_is_no_longer_possible_is_named(month: dict[str, Voice]) -> None:
    def only_after_a_check(body: Body) -> None:
        with_a_check(body)
        body["transitions"]["answer"]["source"] = ["checking"]

    found = told(only_after_a_check)
    assert figure(found, "더는 맞지 않는 것") == 2
    assert {row[0] for row in found.rows} == {month["answered"].ref, month["again"].ref}
    assert {row[1:] for row in found.rows} == {
        ("답변", "처리 중", "이 상태에서 그 단계로 갈 길이 없음")
    }
    assert found.rows_in_all == 2


def test_running_voices_that_could_not_be_moved_are_counted(month: dict[str, Voice]) -> None:
    def without_reopened(body: Body) -> None:
        del body["states"]["reopened"]
        for code, step in list(body["transitions"].items()):
            step["source"] = [one for one in step["source"] if one != "reopened"]
            if step["target"] == "reopened":
                del body["transitions"][code]

    found = told(without_reopened)
    assert figure(found, "진행 중인 의견") == 3
    assert figure(found, "새 흐름으로 옮길 수 없는 것") == 1
    assert [row[:2] for row in found.rows] == [(month["again"].ref, "reopen")]


def test_stays_over_a_states_aim_are_counted(month: dict[str, Voice]) -> None:
    def hurried(body: Body) -> None:
        body["states"]["in_progress"]["clock"] = {"unit": "days", "amount": 3}

    assert figure(told(hurried), "상태의 목표 시간을 넘겼을 것") == 3


def test_a_workflow_that_is_none_says_so(month: dict[str, Voice]) -> None:
    def unreachable(body: Body) -> None:
        body["states"]["island"] = {**body["states"]["sorting"]}

    assert "먼저 고쳐야" in told(unreachable).failed


def test_other_changes_do_not_ask_it(month: dict[str, Voice]) -> None:
    before = in_force().tree
    after = copied(before)
    put(after, ("calendar", "office", "opens_at"), "08:30")
    found = what_if(before, after, now=NOW)
    assert "workflow" not in {one.what for one in found}
