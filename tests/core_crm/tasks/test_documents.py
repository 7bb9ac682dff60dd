"""Methods of solving a task: steps weigh a hundred together, and citizens are heard."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from core_crm.extension_points import document
from core_crm.tasks.types import PlanPart, TaskMethod


def method(code: str = "mot", **steps: Any) -> TaskMethod:
    body: Any = document("task_method", code).body
    for name, change in steps.items():
        body["steps"][name].update(change)
    return TaskMethod.model_validate(body)


@pytest.mark.parametrize("code", ["mot", "process"])
def test_both_of_the_papers_methods_lead_to_a_result(code: str) -> None:
    steps = sorted(method(code).steps.values(), key=lambda step: step.sort)
    assert steps[-1].hears_citizens
    assert PlanPart.RESULT in steps[-1].needs
    assert sum(step.weight for step in steps) == 100


def test_weights_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValidationError, match="지금 95"):
        method(moments={"weight": 10})


def test_a_method_that_asks_no_citizen_is_refused() -> None:
    quiet = {"hears_citizens": False}
    with pytest.raises(ValidationError, match="hears_citizens"):
        method(expectations=quiet, confirm=quiet)
