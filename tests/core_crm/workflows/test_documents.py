"""What a workflow document must be, and what a city may add to one."""

from __future__ import annotations

from typing import Any

import pytest

from core_crm.workflows import Workflow, WorkflowDefinition, WorkflowInvalid


def label(text: str) -> dict[str, str]:
    return {"ko": text, "en": text}


def state(category: str, maps_to: str) -> dict[str, Any]:
    return {"label": label(maps_to), "category": category, "maps_to": maps_to}


def step(source: list[str], target: str, **more: Any) -> dict[str, Any]:
    return {"label": label(target), "source": source, "target": target, "roles": ["system"], **more}


def a_workflow(**changes: Any) -> dict[str, Any]:
    """A city's small workflow with a state of its own, mapped to the standard's."""
    return {
        "version": "1.0",
        "label": label("작은 흐름"),
        "subject": "task",
        "initial": "received",
        "states": {
            "received": state("start", "received"),
            "on_site": state("active", "in_progress"),
            "closed": state("done", "closed"),
        },
        "transitions": {
            "visit": step(["received"], "on_site"),
            "close": step(["on_site"], "closed"),
        },
        **changes,
    }


def problems_of(body: dict[str, Any]) -> str:
    with pytest.raises(WorkflowInvalid) as raised:
        Workflow(body)
    return "\n".join(raised.value.facts["problems"])


def test_a_citys_own_state_is_compared_as_a_standard_one() -> None:
    assert Workflow(a_workflow()).standard_state("on_site") == "in_progress"


def test_an_unknown_key_is_refused_by_its_path() -> None:
    assert "colour" in problems_of(a_workflow(colour="blue"))


def test_a_state_that_maps_to_nothing_standard_is_refused() -> None:
    states = a_workflow()["states"] | {"on_site": state("active", "wandering")}
    assert "states.on_site.maps_to" in problems_of(a_workflow(states=states))


def test_a_step_to_nowhere_is_named() -> None:
    steps = a_workflow()["transitions"] | {"lose": step(["on_site"], "nowhere")}
    assert "단계 ‘lose’이(가) 없는 상태 ‘nowhere’을(를) 가리킵니다" in problems_of(
        a_workflow(transitions=steps)
    )


def test_a_state_nothing_leads_to_is_named() -> None:
    states = a_workflow()["states"] | {"island": state("done", "answered")}
    assert "어디서도 갈 수 없는 상태: island" in problems_of(a_workflow(states=states))


def test_a_state_without_a_way_to_an_end_is_named() -> None:
    states = a_workflow()["states"] | {"drawer": state("active", "sorting")}
    steps = a_workflow()["transitions"] | {"forget": step(["received"], "drawer")}
    assert "끝까지 갈 길이 없는 상태: drawer" in problems_of(
        a_workflow(states=states, transitions=steps)
    )


def test_a_step_nobody_may_take_is_refused() -> None:
    steps = a_workflow()["transitions"] | {"visit": step(["received"], "on_site", roles=[])}
    assert "아무도 할 수 없는 단계" in problems_of(a_workflow(transitions=steps))


def test_a_code_with_capitals_is_refused() -> None:
    states = a_workflow()["states"] | {"On-Site": state("active", "in_progress")}
    assert "states.On-Site" in problems_of(a_workflow(states=states))


def test_a_removed_state_leads_on_to_its_successor() -> None:
    moved = Workflow(a_workflow(migrate={"inspected": "on_site"}))
    assert [one.action for one in moved.allowed("inspected", ["system"])] == ["close"]


def test_migrate_names_only_what_is_gone_and_what_exists() -> None:
    assert "‘on_site’은(는) 아직 있는 상태" in problems_of(
        a_workflow(migrate={"on_site": "closed"})
    )
    assert "‘gone’은(는) 없는 상태" in problems_of(a_workflow(migrate={"inspected": "gone"}))


def test_a_step_waits_for_its_facts() -> None:
    steps = a_workflow()["transitions"] | {
        "close": step(["on_site"], "closed", when={"has_officer": True})
    }
    workflow = Workflow(a_workflow(transitions=steps))
    assert workflow.allowed("on_site", ["system"]) == []
    assert workflow.fire("on_site", "close", ["system"], {"has_officer": True}).target == "closed"


def test_the_interpreter_asks_for_actions_and_does_none() -> None:
    actions = {"tell": {"do": "send_template", "arguments": {"template": "voice_progress"}}}
    steps = a_workflow()["transitions"] | {"close": step(["on_site"], "closed", actions=actions)}
    fired = Workflow(a_workflow(transitions=steps)).fire("on_site", "close", ["system"])
    assert [(one.do, dict(one.arguments)) for one in fired.requested_actions] == [
        ("send_template", {"template": "voice_progress"})
    ]


def test_it_has_a_json_schema_that_refuses_unknown_keys() -> None:
    schema = WorkflowDefinition.model_json_schema()
    assert schema["additionalProperties"] is False
    assert {"states", "transitions", "initial"} <= set(schema["required"])
