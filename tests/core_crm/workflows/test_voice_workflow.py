"""The standard workflow of a voice, and the interpreter that reads it."""

from __future__ import annotations

import pytest

from core_crm.extension_points import document
from core_crm.staff.types import Right
from core_crm.workflows import (
    CommentRequired,
    StandardState,
    TransitionNotAllowed,
    UnknownState,
    Workflow,
    city_workflow,
    mermaid,
)

HANDLER = [Right.VOICE_HANDLE]


@pytest.fixture
def voice() -> Workflow:
    return city_workflow("voice")


def actions(workflow: Workflow, state: str, held: list[str]) -> list[str]:
    return [step.action for step in workflow.allowed(state, held)]


def test_it_has_exactly_the_words_of_the_contract(voice: Workflow) -> None:
    assert {code for code, _ in voice.states()} == set(StandardState)
    assert all(state.maps_to == code for code, state in voice.states())
    assert voice.initial == "received"


def test_the_journey_from_receipt_to_closing_and_back(voice: Workflow) -> None:
    steps = [
        ("sort", ["system"], "sorting"),
        ("assign", [Right.VOICE_ASSIGN], "assigned"),
        ("start", HANDLER, "in_progress"),
        ("request_supplement", HANDLER, "waiting"),
        ("receive_supplement", ["citizen"], "in_progress"),
        ("answer", HANDLER, "answered"),
        ("close", ["system"], "closed"),
        ("reopen", ["citizen"], "reopened"),
        ("start", HANDLER, "in_progress"),
        ("close_unable", HANDLER, "unable"),
        ("close", ["system"], "closed"),
    ]
    state = voice.initial
    for action, held, target in steps:
        state = voice.fire(state, action, held, comment="사유").target
        assert state == target


def test_a_petitioner_may_withdraw_until_it_is_closed_and_reopen_after(voice: Workflow) -> None:
    assert actions(voice, "in_progress", ["citizen"]) == ["withdraw"]
    assert actions(voice, "closed", ["citizen"]) == ["reopen"]


def test_nobody_without_a_right_may_do_anything(voice: Workflow) -> None:
    assert all(actions(voice, code, ["score_view"]) == [] for code, _ in voice.states())


def test_a_step_that_is_not_allowed_says_which_are(voice: Workflow) -> None:
    with pytest.raises(TransitionNotAllowed) as raised:
        voice.fire("closed", "answer", HANDLER)
    assert raised.value.facts == {"state": "closed", "action": "answer", "allowed": ["reopen"]}
    assert raised.value.http_status == 409


def test_closing_as_unable_needs_its_reason_in_words(voice: Workflow) -> None:
    with pytest.raises(CommentRequired):
        voice.fire("in_progress", "close_unable", HANDLER, comment="  ")


def test_waiting_is_the_only_state_in_which_the_city_waits(voice: Workflow) -> None:
    assert [code for code, _ in voice.states() if voice.is_waiting(code)] == ["waiting"]
    assert voice.is_end("withdrawn")
    assert not voice.is_end("reopened")


def test_a_state_nobody_knows_is_named(voice: Workflow) -> None:
    with pytest.raises(UnknownState) as raised:
        voice.allowed("lost", HANDLER)
    assert raised.value.facts == {"state": "lost"}


def test_every_right_it_names_exists(voice: Workflow) -> None:
    named = {right for _, step in voice.steps() for right in step.rights}
    assert named <= set(Right)
    assert {role for _, step in voice.steps() for role in step.roles} <= {"citizen", "system"}


def test_a_case_can_pin_the_version_it_began_with(voice: Workflow) -> None:
    assert voice.digest == document("workflow", "voice").digest


def test_the_diagram_speaks_both_languages(voice: Workflow) -> None:
    korean, english = mermaid(voice), mermaid(voice, "en")
    assert korean.startswith("stateDiagram-v2\n")
    assert "    [*] --> received\n" in korean
    assert "    waiting --> in_progress: 보완 접수\n" in korean
    assert "    waiting --> in_progress: Receive supplement\n" in english
    assert korean.endswith("    closed --> [*]\n")
