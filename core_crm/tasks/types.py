"""The document kind `task_method`: how a task is solved, step by step (해결방법)."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from core_crm.common.document_parts import Code, Part, Percent, refuse_unless_whole
from core_crm.common.labels import TwoLanguages


class PlanPart(StrEnum):
    """What a task's page asks for (2006 paper, figure of the task screen)."""

    OVERVIEW = "overview"
    EXPECTED_EFFECT = "expected_effect"
    CURRENT_STATE = "current_state"
    IMPROVEMENT_PLAN = "improvement_plan"
    RESULT = "result"
    UNABLE_REASON = "unable_reason"


class MethodStep(Part):
    """One step of the method; `weight` is its part of the task's progress, in percent.

    `needs`: what must be written down before the step counts as done.
    """

    label: TwoLanguages
    purpose: TwoLanguages
    weight: Percent
    asks: dict[Code, TwoLanguages] = Field(default_factory=dict)
    needs: frozenset[PlanPart] = frozenset()
    planned_days: int = Field(ge=1, le=1000)
    hears_citizens: bool = False
    sort: int = 100


class TaskMethod(Part):
    """A method of solving a task. `review_days`: how often somebody looks at its progress."""

    label: TwoLanguages
    description: TwoLanguages
    suits: TwoLanguages
    steps: dict[Code, MethodStep] = Field(min_length=2)
    review_days: int = Field(ge=1, le=365)
    sort: int = 100

    @model_validator(mode="after")
    def _adds_up_and_hears_somebody(self) -> Self:
        refuse_unless_whole(step.weight for step in self.steps.values())
        if not any(step.hears_citizens for step in self.steps.values()):
            raise ValueError("시민에게 확인하는 단계(hears_citizens)가 하나는 있어야 합니다")
        return self
