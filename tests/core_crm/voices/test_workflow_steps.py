"""What a workflow's steps ask, forbid, do beside moving a voice, and leave to the clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from core_crm.common.contributions import Action, ActionResult, Added, CaseView, Guard
from core_crm.extension_points import workflow_actions, workflow_guards
from core_crm.messaging.selectors import messages_about
from core_crm.surveys.models import SurveyInvitation
from core_crm.voices.errors import FieldsMissing, NotAllowedInState, RightMissing
from core_crm.voices.models import Voice
from core_crm.voices.selectors import allowed_actions, thread_of, transitions_of, voice_get
from core_crm.voices.services import automatic, voice_answer, voice_step, voices_step_due
from core_crm.voices.services.notices import KNOWN_AT_ANY_STEP, _context
from core_crm.voices.services.requested import registered_actions
from core_crm.workflows.vocabulary import ACTIONS
from tests.conftest import kst
from tests.support.voices import Office, a_voice_in_work
from tests.support.workflows import (
    ChangingWorkflow,
    Edit,
    changing_workflow,
    step_of,
    with_a_check,
)

NOW = kst("2026-12-01 10:00")
SURE = {"label_ko": "시험", "label_en": "Test"}


@pytest.fixture
def city(office: Office) -> Iterator[ChangingWorkflow]:
    with changing_workflow() as changing:
        yield changing


def checked(city: ChangingWorkflow, **more: Any) -> None:
    """A check by the head whose step says more."""

    def edit(body: dict[str, Any]) -> None:
        with_a_check(body)
        step_of(body, "hand_in", **more)

    city.change(edit)


def changed(city: ChangingWorkflow, *edits: Edit) -> None:
    def edit(body: dict[str, Any]) -> None:
        for one in edits:
            one(body)

    city.change(edit)


def hand_in(voice: Voice, office: Office, *, at: datetime = NOW, comment: str = "") -> Voice:
    return voice_step(voice, action="hand_in", by=office.officer, now=at, comment=comment)


def why_not(voice: Voice, office: Office, action: str, *, language: str = "ko") -> str:
    known = allowed_actions(voice, office.officer, now=NOW, language=language)
    return next(one.why_not for one in known if one.action == action)


@contextmanager
def plugged(point: Any, *added: Added[Any]) -> Iterator[None]:
    before = point._resolve
    point.unbind()
    point.bind(lambda: added)
    try:
        yield
    finally:
        point.unbind()
        if before is not None:
            point.bind(before)


def test_every_action_a_document_may_name_is_done_by_somebody() -> None:
    assert set(ACTIONS) | {"x"} == set(registered_actions())


def test_a_guard_holds_a_step_back_and_says_why(city: ChangingWorkflow, office: Office) -> None:
    says = {"ko": "전화로 온 것만 결재합니다.", "en": "Only calls are checked."}
    checked(city, guard="channel == 'phone'", guard_says=says)
    voice = a_voice_in_work(office, NOW)
    assert why_not(voice, office, "hand_in") == says["ko"]
    assert why_not(voice, office, "hand_in", language="en") == says["en"]
    with pytest.raises(NotAllowedInState, match="전화로 온 것만"):
        hand_in(voice, office)
    assert hand_in(a_voice_in_work(office, NOW, channel="phone"), office).status == "checking"


def test_a_plugins_guard_is_asked_at_the_button_and_at_the_act(
    city: ChangingWorkflow, office: Office
) -> None:
    checked(city, plugin_guards={"tide": "x.harbour.tide"})
    voice = a_voice_in_work(office, NOW)

    def refuses(case: CaseView, now: datetime) -> str:
        return "밀물 때는 할 수 없습니다." if case.ref == voice.ref and now == NOW else ""

    guard = Added("harbour", Guard(code="tide", refuses=refuses, **SURE))
    with plugged(workflow_guards, guard):
        assert why_not(voice, office, "hand_in") == "밀물 때는 할 수 없습니다."
        with pytest.raises(NotAllowedInState, match="밀물"):
            hand_in(voice, office)
        assert hand_in(voice, office, at=NOW + timedelta(hours=6)).status == "checking"
    other = a_voice_in_work(office, NOW)  # the plugin is switched off: nobody refuses
    assert hand_in(other, office).status == "checking"


def test_who_led_here_leaves_the_next_step_to_another(
    city: ChangingWorkflow, office: Office
) -> None:
    changed(city, with_a_check, lambda body: step_of(body, "answer", separation_of_duty=True))
    voice = hand_in(a_voice_in_work(office, NOW), office)
    assert "다른 사람에게" in why_not(voice, office, "answer")
    with pytest.raises(RightMissing, match="다른 사람에게"):
        voice_answer(voice, body="답", by=office.officer, now=NOW)
    assert voice_answer(voice, body="답", by=office.head, now=NOW).outcome == "answered"


def test_a_state_asks_for_what_must_be_filled_in(city: ChangingWorkflow, office: Office) -> None:
    def edit(body: dict[str, Any]) -> None:
        body["states"]["checking"]["required_fields"] = ["location", "no_such_field"]

    changed(city, with_a_check, edit)
    voice = a_voice_in_work(office, NOW)
    with pytest.raises(FieldsMissing, match="장소") as refused:
        hand_in(voice, office)
    assert refused.value.facts["fields"] == ["location"]
    assert voice_get(voice.id).status == "in_progress"
    there = a_voice_in_work(office, NOW, location="시민공원 앞")
    assert hand_in(there, office).status == "checking"


def test_a_step_writes_a_note_and_tells_the_citizen(city: ChangingWorkflow, office: Office) -> None:
    checked(
        city,
        actions={
            "note": {"do": "add_note", "arguments": {"text": "결재판에 올림"}},
            "tell": {"do": "send_template", "arguments": {"template": "voice_progress"}},
        },
    )
    voice = hand_in(a_voice_in_work(office, NOW), office)
    sent = messages_about("voice", voice.id).get(template="voice_progress")
    assert "결재 중" in sent.body
    bodies = {item.body: item for item in thread_of(voice)}
    assert not bodies["결재판에 올림"].is_public
    assert bodies["결재 중"].message_state
    citizens = [item.body for item in thread_of(voice, for_citizen=True)]
    assert "결재판에 올림" not in citizens


def test_what_can_no_longer_be_done_is_noted_and_holds_nobody_up(
    city: ChangingWorkflow, office: Office
) -> None:
    checked(
        city,
        actions={
            "tell": {"do": "send_template", "arguments": {"template": "gone"}},
            "mark": {"do": "set_attribute", "arguments": {"field": "gone", "value": "1"}},
        },
    )
    voice = hand_in(a_voice_in_work(office, NOW), office)
    assert voice.status == "checking"
    notes = [item.body for item in thread_of(voice) if item.kind == "note"]
    assert len(notes) == 2
    assert all(note.startswith("단계에 딸린 일을 하지 못했습니다") for note in notes)
    assert "gone" not in voice.attributes


def test_a_step_fills_in_a_field_of_the_citys_form(city: ChangingWorkflow, office: Office) -> None:
    label = {"ko": "결재 여부", "en": "Checked"}
    city.form = {"fields": {"is_checked": {"label": label, "type": "truth"}}}
    mark = {"do": "set_attribute", "arguments": {"field": "is_checked", "value": "true"}}
    wrong = {"do": "set_attribute", "arguments": {"field": "is_checked", "value": "글쎄"}}
    checked(city, actions={"mark": mark})
    assert hand_in(a_voice_in_work(office, NOW), office).attributes == {"is_checked": True}
    checked(city, actions={"mark": wrong})
    voice = hand_in(a_voice_in_work(office, NOW), office)
    assert voice.attributes == {}
    assert "‘결재 여부’ 항목에 넣을 수 없는" in thread_of(voice)[-1].body


def test_the_wordings_that_fit_any_step_are_known(city: ChangingWorkflow, office: Office) -> None:
    voice = a_voice_in_work(office, NOW)
    assert {*_context(voice, by=None), "status"} == KNOWN_AT_ANY_STEP


def test_a_plugin_keeps_its_values_under_its_own_name(
    city: ChangingWorkflow, office: Office
) -> None:
    checked(
        city,
        actions={"weigh": {"do": "x.harbour.weigh", "arguments": {"unit": "kg"}}},
    )

    def run(case: CaseView, arguments: Any, now: datetime) -> ActionResult:
        return ActionResult({"weight": 7, "unit": arguments["unit"]}, note=f"{case.ref} 저울")

    action = Added("harbour", Action(code="weigh", run=run, **SURE))
    with plugged(workflow_actions, action):
        voice = voice_get(hand_in(a_voice_in_work(office, NOW), office).id)
    assert voice.attributes == {"x.harbour.weight": 7, "x.harbour.unit": "kg"}
    assert f"{voice.ref} 저울" in [item.body for item in thread_of(voice)]
    off = voice_get(hand_in(a_voice_in_work(office, NOW), office).id)
    assert off.attributes == {}


def test_a_survey_may_be_asked_for_before_the_closing(
    city: ChangingWorkflow, office: Office
) -> None:
    def edit(body: dict[str, Any]) -> None:
        step_of(body, "close", roles=["citizen"])
        step_of(body, "answer", actions={"ask": {"do": "invite_survey"}})

    changed(city, edit)
    voice = voice_answer(a_voice_in_work(office, NOW), body="답", by=office.officer, now=NOW)
    assert voice.closed_at is None
    assert SurveyInvitation.objects.get(voice_id=voice.id).closing_no == 1


def goes_on_by_itself(body: dict[str, Any], **more: Any) -> None:
    """결재 중 goes back to work after two working days."""
    with_a_check(body)
    body["transitions"]["give_back"] = {
        "label": {"ko": "돌려줌", "en": "Give back"},
        "source": ["checking"],
        "target": "in_progress",
        "roles": ["system"],
        "auto_after": {"unit": "working_days", "amount": 2},
        **more,
    }


def test_the_clock_takes_its_step_when_the_time_has_come(
    city: ChangingWorkflow, office: Office
) -> None:
    changed(city, goes_on_by_itself)
    voice = hand_in(a_voice_in_work(office, NOW), office)
    assert voices_step_due(now=kst("2026-12-03 17:59")) == 0
    assert voices_step_due(now=kst("2026-12-03 18:00")) == 1
    moved = voice_get(voice.id)
    assert (moved.status, moved.due_at) == ("in_progress", voice.due_at)
    last = transitions_of(moved)[-1]
    assert (last.action, last.by, last.comment) == (
        "give_back",
        None,
        "정해진 시간이 지나 저절로 된 단계",
    )
    assert voices_step_due(now=kst("2026-12-03 18:00")) == 0


def test_the_clock_counts_from_when_the_voice_came_into_the_state(
    city: ChangingWorkflow, office: Office
) -> None:
    changed(city, goes_on_by_itself)
    voice = hand_in(a_voice_in_work(office, NOW), office)
    voices_step_due(now=kst("2026-12-03 18:00"))
    again = hand_in(voice_get(voice.id), office, at=kst("2026-12-04 09:00"))
    assert voices_step_due(now=kst("2026-12-07 18:00")) == 0
    assert voices_step_due(now=kst("2026-12-08 18:00")) == 1
    assert voice_get(again.id).status == "in_progress"


def test_the_clock_waits_while_a_guard_says_no(city: ChangingWorkflow, office: Office) -> None:
    changed(city, lambda body: goes_on_by_itself(body, guard="channel == 'phone'"))
    hand_in(a_voice_in_work(office, NOW), office)
    by_phone = hand_in(a_voice_in_work(office, NOW, channel="phone"), office)
    assert voices_step_due(now=kst("2026-12-10 10:00")) == 1
    assert voice_get(by_phone.id).status == "in_progress"


def test_one_that_is_refused_again_and_again_keeps_nobody_else_back(
    city: ChangingWorkflow, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def edit(body: dict[str, Any]) -> None:
        goes_on_by_itself(body, guard="channel != 'phone'")
        measured = {**body["states"]["checking"], "required_fields": ["location"]}
        body["states"]["measured"] = measured  # nobody fills it in
        step = body["transitions"]["give_back"]
        body["transitions"]["measure"] = step | {
            "target": "measured",
            "guard": "channel == 'phone'",
        }
        body["transitions"]["measured_back"] = step | {"source": ["measured"]}

    changed(city, edit)
    monkeypatch.setattr(automatic, "MOST", 1)
    refused = hand_in(a_voice_in_work(office, NOW, channel="phone"), office)
    behind = hand_in(a_voice_in_work(office, NOW), office)
    assert voices_step_due(now=kst("2026-12-03 18:00")) == 1
    assert voice_get(refused.id).status == "checking"
    assert voice_get(behind.id).status == "in_progress"


def test_a_city_may_close_by_the_clock(city: ChangingWorkflow, office: Office) -> None:
    def edit(body: dict[str, Any]) -> None:
        after = {"unit": "days", "amount": 7}
        step_of(body, "close", guard="has_officer", auto_after=after, roles=["system", "citizen"])

    changed(city, lambda body: step_of(body, "close", roles=["citizen"]))
    voice = voice_answer(a_voice_in_work(office, NOW), body="답", by=office.officer, now=NOW)
    assert voices_step_due(now=NOW + timedelta(days=9)) == 0
    changed(city, edit)
    Voice.objects.filter(pk=voice.pk).update(workflow_digest=city.change(lambda body: None))
    assert voices_step_due(now=NOW + timedelta(days=7)) == 1
    closed = voice_get(voice.id)
    assert (closed.phase, closed.closed_at) == ("closed", NOW + timedelta(days=7))
    assert closed.used_minutes is not None
