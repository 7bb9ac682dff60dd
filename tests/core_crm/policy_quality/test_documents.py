"""Evaluation sheets: weights add up, stages are asked, grades begin at nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from core_crm.extension_points import document
from core_crm.policy_quality.types import EvaluationSheet

Body = dict[str, Any]


def sheet(change: Callable[[Body], Any]) -> EvaluationSheet:
    body: Body = document("evaluation_sheet", "policy_check").body
    change(body)
    return EvaluationSheet.model_validate(body)


def test_the_policy_check_is_asked_step_by_step() -> None:
    found = sheet(lambda body: None)
    steps = sorted(found.stages.items(), key=lambda one: one[1].sort)
    assert [code for code, _ in steps] == ["problem", "options", "consent", "ready"]
    assert sum(item.weight for item in found.items.values()) == 100


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda body: body["items"].pop("heard"), "합이 100이어야 합니다 \\(지금 80\\)"),
        (
            lambda body: body["items"]["cost"].update(stage="nowhere"),
            "그런 단계가 없습니다: nowhere",
        ),
        (lambda body: body["stages"].update(idle={"label": {"ko": "쉼"}}), "물음이 없는 단계"),
        (lambda body: body["grades"]["again"].update(at_least=10), "0점부터"),
        (lambda body: body["marks"].update(best={"label": {"ko": "a"}, "points": 101}), "100"),
    ],
)
def test_a_sheet_that_does_not_add_up_is_refused(change: Callable[[Body], Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        sheet(change)
