"""The workflow edited by forms: states and their ways, steps and conditions, in one change."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from core_crm.extension_points import documents
from core_crm.workflows import Workflow
from customization.public import apply, change_list, in_force, operations_of
from sodam.studio.workflow_removing import without_state
from tests.sodam.studio.conftest import Browser
from tests.support.workflows import with_a_check

NEW_STATE = {
    "code": "checking",
    "label_ko": "결재 중",
    "label_en": "Being checked",
    "category": "active",
    "maps_to": "in_progress",
    "clock_amount": "2",
    "clock_unit": "working_days",
    "required_fields": ["officer"],
    "sort": "45",
    "in_ko": "결재 올림",
    "in_en": "Hand in",
    "in_from": ["in_progress"],
    "out_by": ["answer", "close_unable"],
}


def wanted() -> Any:
    """The workflow as the only open change would have it."""
    change = change_list().get()
    return apply(in_force().tree, operations_of(change))["workflow"]["voice"]


def add_state(client: Client, **changes: Any) -> Any:
    return client.post("/studio/workflow/states/new", {**NEW_STATE, **changes})


def step_form(client: Client, code: str, query: str = "") -> dict[str, Any]:
    """A step's form as it is shown, to be sent back."""
    page = client.get(f"/studio/workflow/steps/{code}{query}")
    form = page.context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in shown.items() if value not in (None, False)}


def test_a_state_is_added_with_its_ways(browser: Browser) -> None:
    writer = browser("admin")
    answer = add_state(writer)
    change = change_list().get()
    assert (answer.status_code, answer["location"]) == (303, f"/studio/workflow?change={change.id}")
    body = wanted()
    assert body["states"]["checking"] == {
        "label": {"ko": "결재 중", "en": "Being checked"},
        "category": "active",
        "maps_to": "in_progress",
        "sort": 45,
        "clock": {"unit": "working_days", "amount": 2},
        "required_fields": ["officer"],
    }
    assert body["transitions"]["to_checking"]["source"] == ["in_progress"]
    assert "checking" in body["transitions"]["answer"]["source"]
    assert Workflow(body).standard_state("checking") == "in_progress"
    assert change.is_risky
    page = writer.get(answer["location"]).content.decode()
    assert "결재 중" in page
    assert "box active added" in page
    assert "근무일 2일" in page
    assert "결재 중" not in writer.get("/studio/workflow").content.decode().split("picture")[1]


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ({"in_from": []}, "이 상태로 오는 길이 없습니다"),
        ({"out_by": []}, "여기서 끝까지 갈 길이 없습니다"),
        ({"code": "answered"}, "이미 있는 상태입니다"),
        ({"code": "Bad Code"}, "영문 소문자로 시작"),
        ({"category": "waiting"}, "시계가 멈추는 상태는 표준 상태"),
        ({"category": "done"}, "어긋납니다"),
    ],
)
def test_a_state_that_would_not_work_is_refused_beside_its_field(
    browser: Browser, missing: dict[str, Any], said: str
) -> None:
    answer = add_state(browser("admin"), **missing)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="error-summary"' in page
    assert said in page
    assert 'class="sd-err"' in page
    assert "결재 올림" in page  # what was typed is kept
    assert not change_list().exists()


def test_one_change_takes_several_edits(browser: Browser) -> None:
    writer = browser("admin")
    query = add_state(writer)["location"].partition("?")[2]
    form = step_form(writer, "to_checking", f"?{query}")
    form |= {"change": query.partition("=")[2], "separation_of_duty": "on", "template": ""}
    form |= {"guard": "has_officer", "says_ko": "담당자부터 정해 주세요."}
    answer = writer.post(f"/studio/workflow/steps/to_checking?{query}", form)
    assert answer.status_code == 303
    assert change_list().count() == 1
    step = wanted()["transitions"]["to_checking"]
    assert step["guard"] == "has_officer"
    assert step["guard_says"] == {
        "ko": "담당자부터 정해 주세요.",
        "en": "담당자부터 정해 주세요.",
    }
    assert step["separation_of_duty"] is True
    page = writer.get(f"/studio/workflow?{query}").content.decode()
    assert "조건: has_officer" in page


def test_a_form_sent_back_as_it_was_changes_nothing(browser: Browser) -> None:
    writer = browser("admin")
    for code, _step in Workflow(in_force().tree["workflow"]["voice"]).steps():
        answer = writer.post(f"/studio/workflow/steps/{code}", step_form(writer, code))
        assert answer.status_code == 422
        assert "바뀐 값이 없습니다" in answer.content.decode(), code
    assert not change_list().exists()


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"guard": "has_oficer"}, "guard", "혹시 ‘has_officer’"),
        ({"source": ["received"], "target": "sorting"}, "target", "처리 중(in_progress)"),
        ({"rights": [], "roles": []}, "rights", "누가 할지"),
        ({"auto_amount": "3", "auto_unit": "days"}, "auto_amount", "‘시스템’도"),
        ({"target": "closed"}, "target", "끝난 상태로"),
    ],
)
def test_a_step_that_would_not_work_is_refused_beside_its_field(
    browser: Browser, changed: dict[str, Any], field: str, said: str
) -> None:
    writer = browser("admin")
    code = "start" if "source" in changed else "hand_in"
    if code == "hand_in":
        form = {"code": code, "label_ko": "올림", "label_en": "Up", "sort": "55"}
        form |= {"source": ["in_progress"], "target": "assigned", "rights": ["voice_handle"]}
        path = "/studio/workflow/steps/new"
    else:
        form, path = step_form(writer, code), f"/studio/workflow/steps/{code}"
    answer = writer.post(path, {**form, **changed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'id="id_{field}-error"' in page
    assert not change_list().exists()


def test_what_a_standard_state_stands_for_stays(browser: Browser) -> None:
    writer = browser("admin")
    page = writer.get("/studio/workflow/states/in_progress").content.decode()
    assert "표준 상태가 같아야 합니다" in page
    assert 'name="maps_to"' not in page
    form = {"label_ko": "일하는 중", "label_en": "At work", "category": "active", "sort": "40"}
    answer = writer.post("/studio/workflow/states/in_progress", {**form, "maps_to": "received"})
    assert answer.status_code == 303
    state = wanted()["states"]["in_progress"]
    assert (state["label"]["ko"], state["maps_to"]) == ("일하는 중", "in_progress")


def test_a_state_is_removed_with_what_hangs_on_it(browser: Browser) -> None:
    writer = browser("admin")
    path = "/studio/workflow/states/reopened/remove"
    assert "다시 열기" in writer.get(path).content.decode()
    assert writer.post(path, {"becomes": "in_progress"}).status_code == 303
    body = wanted()
    assert "reopened" not in body["states"]
    assert "reopen" not in body["transitions"]
    assert body["migrate"] == {"reopened": "in_progress"}
    page = writer.get(f"/studio/workflow?change={change_list().get().id}").content.decode()
    assert "변경안에서 뺀 것" in page


def test_what_others_need_is_not_removed(browser: Browser) -> None:
    writer = browser("admin")
    answer = writer.post("/studio/workflow/steps/answer/remove")
    assert answer.status_code == 422
    assert "답변 완료(answered)" in answer.content.decode()
    assert not change_list().exists()


def test_who_may_only_look_finds_no_buttons(browser: Browser) -> None:
    reader = browser("officer")
    page = reader.get("/studio/workflow").content.decode()
    assert "상태 더하기" not in page
    assert "볼 수만 있습니다" in reader.get("/studio/workflow/states/sorting").content.decode()
    assert add_state(reader).status_code == 403
    assert reader.post("/studio/workflow/steps/answer/remove").status_code == 403
    assert not change_list().exists()


def test_a_state_may_go_into_a_draft_that_changes_something_else(browser: Browser) -> None:
    writer = browser("admin")
    writer.post("/studio/documents/template/voice_answered?as=yaml", {"as": "yaml", "yaml": "a: 1"})
    draft = change_list().get()
    answer = add_state(writer, into=str(draft.id))
    assert answer["location"] == f"/studio/workflow?change={draft.id}"
    kinds = {one.path[0] for one in operations_of(change_list().get())}
    assert kinds == {"template", "workflow"}


def test_the_changes_page_speaks_of_steps_and_states_by_their_names(browser: Browser) -> None:
    writer = browser("admin")
    add_state(writer)
    page = writer.get(f"/studio/changes/{change_list().get().id}").content.decode()
    assert "답변 › 어디서" in page
    assert "담당자 지정, 처리 중, 보완 대기, 다시 열림, checking" in page


def test_nobody_edits_what_another_wrote(browser: Browser) -> None:
    """Who edits a change could else decide their own words."""
    add_state(browser("admin"))
    change = change_list().get()
    other = browser("steward")
    page = other.get(f"/studio/workflow?change={change.id}").content.decode()
    assert "이어서 고치고" not in page
    add_state(other, change=str(change.id), into=str(change.id))
    assert change_list().count() == 2


def test_a_change_that_is_decided_is_no_desk(browser: Browser) -> None:
    writer = browser("admin")
    add_state(writer)
    change = change_list().get()
    change.status = "rejected"
    change.save(update_fields=["status"])
    page = writer.get(f"/studio/workflow?change={change.id}").content.decode()
    assert "이어서 고치고" not in page
    assert writer.get("/studio/workflow?change=nonsense").status_code == 200


def test_an_unknown_part_is_not_found(browser: Browser) -> None:
    writer = browser("admin")
    for path in ("states/nowhere", "steps/nothing", "states/nowhere/remove"):
        assert writer.get(f"/studio/workflow/{path}").status_code == 404


def test_running_voices_are_moved_by_an_approver_only(browser: Browser) -> None:
    writer, approver = browser("admin"), browser("approver")
    page = writer.get("/studio/workflow/running").content.decode()
    assert "모두 지금 쓰는 흐름으로 갑니다" in page
    assert writer.post("/studio/workflow/running").status_code == 403
    assert approver.post("/studio/workflow/running").status_code == 303


def test_what_became_a_removed_state_goes_on_with_it() -> None:
    body = documents.standard.get("workflow", "voice").body
    with_a_check(body)
    body["migrate"] = {"on_site": "checking"}
    removal = without_state(body, "checking", becomes="in_progress")
    assert removal.body["migrate"] == {"on_site": "in_progress", "checking": "in_progress"}
    assert removal.gone == ["결재 올림"]
    assert removal.shorter == ["답변"]
    Workflow(removal.body)
