"""What a city may not make of the steps that end a voice, close it or stop its clock."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from core_crm.extension_points import documents
from core_crm.workflows import Workflow, WorkflowInvalid
from tests.support.workflows import with_a_check

Body = dict[str, Any]
LABEL = {"ko": "새 단계", "en": "New step"}


def standard() -> Body:
    return copy.deepcopy(documents.standard.get("workflow", "voice").body)


def problems(edit: Callable[[Body], None]) -> str:
    body = standard()
    edit(body)
    with pytest.raises(WorkflowInvalid) as refused:
        Workflow(body)
    return "\n".join(refused.value.facts["problems"])


def own_step(body: Body, source: str, target: str, **more: Any) -> None:
    step = {"label": LABEL, "source": [source], "target": target, "rights": ["voice_handle"]}
    body["transitions"]["own"] = {**step, **more}


def test_a_state_between_two_of_the_standards_is_fine() -> None:
    body = standard()
    with_a_check(body)
    assert Workflow(body).standard_state("checking") == "in_progress"


def test_a_citys_own_step_cannot_end_a_voice() -> None:
    assert "결과를 남기지 않으므로" in problems(
        lambda body: own_step(body, "in_progress", "answered")
    )


def test_a_citys_own_step_cannot_open_a_closed_voice() -> None:
    assert "결과를 남기지 않으므로" in problems(
        lambda body: own_step(body, "closed", "in_progress")
    )


@pytest.mark.parametrize(
    ("source", "target"), [("in_progress", "waiting"), ("waiting", "in_progress")]
)
def test_only_a_supplement_stops_the_clock(source: str, target: str) -> None:
    assert "보완 요청과 보완 접수뿐" in problems(lambda body: own_step(body, source, target))


def test_a_waiting_state_is_compared_as_waiting() -> None:
    assert "시계가 멈추는 상태" in problems(
        lambda body: body["states"]["waiting"].update(maps_to="in_progress")
    )


def test_an_answer_answers() -> None:
    def swapped(body: Body) -> None:
        body["transitions"]["answer"]["target"] = "unable"
        body["transitions"]["close_unable"]["target"] = "answered"

    assert "‘answer’은(는) 표준 상태 answered" in problems(swapped)


def test_only_what_has_a_result_is_closed() -> None:
    assert "‘close’은(는) 끝난 상태에서만" in problems(
        lambda body: body["transitions"]["close"]["source"].append("in_progress")
    )


def test_what_is_settled_is_not_settled_again() -> None:
    assert "‘withdraw’은(는) 끝나지 않은 상태에서만" in problems(
        lambda body: body["transitions"]["withdraw"]["source"].append("answered")
    )


def test_an_end_is_compared_as_an_end() -> None:
    assert "‘done’과 표준 상태 ‘in_progress’이(가) 어긋납니다" in problems(
        lambda body: body["states"]["unable"].update(maps_to="in_progress")
    )


def test_no_clock_answers_a_citizen() -> None:
    assert "사람이 하는 일이라 저절로" in problems(
        lambda body: body["transitions"]["answer"].update(
            auto_after={"unit": "days", "amount": 3}, roles=["system"]
        )
    )


def test_a_step_by_the_clock_is_the_systems_and_needs_no_words() -> None:
    after = {"auto_after": {"unit": "days", "amount": 3}}
    assert "시스템 역할" in problems(
        lambda body: own_step(body, "assigned", "in_progress", **after)
    )
    assert "시스템 역할" in problems(
        lambda body: own_step(
            body, "assigned", "in_progress", roles=["system"], requires_comment=True, **after
        )
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"guard": "has_oficer"}, "혹시 ‘has_officer’"),
        ({"guard": "reopened_count + 1"}, "참·거짓 자리에 수"),
        ({"guard": "channel =="}, "식이 끝나지 않았습니다"),
        ({"when": {"weather": "rain"}}, "모르는 사실: weather"),
        ({"actions": {"one": {"do": "open_task"}}}, "‘open_task’은(는) 없는 일"),
        ({"actions": {"one": {"do": "add_note", "arguments": {"txt": "a"}}}}, "text, txt"),
        ({"plugin_guards": {"one": "busan.open"}}, "plugin_guards.one"),
        ({"auto_after": {"unit": "weeks", "amount": 1}}, "auto_after.unit"),
    ],
)
def test_what_a_step_says_is_read_when_it_is_saved(more: dict[str, Any], said: str) -> None:
    found = problems(lambda body: own_step(body, "assigned", "in_progress", **more))
    assert said in found
    assert "transitions.own" in found
