"""The document kind `evaluation_sheet`: who judges what, by which weighted questions."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from core_crm.common.document_parts import Code, Part, Percent, refuse_unless_whole
from core_crm.common.labels import TwoLanguages


class SheetItem(Part):
    """One question. `stage` groups questions that are asked at the same step."""

    label: TwoLanguages
    question: TwoLanguages
    weight: Percent
    stage: Code | None = None
    needs_evidence: bool = False
    sort: int = 100


class SheetStage(Part):
    """A step at which some of the questions are asked, before the next may begin."""

    label: TwoLanguages
    must_pass: bool = False
    sort: int = 100


class Mark(Part):
    """One mark that may be given; `points` of a hundred."""

    label: TwoLanguages
    points: int = Field(ge=0, le=100)


class GradeBand(Part):
    """What a total of at least so many points is called."""

    label: TwoLanguages
    at_least: Decimal = Field(ge=0, le=100)


class EvaluationSheet(Part):
    """A sheet (평가표). A total is the sum of weight times points, of a hundred.

    Below `comment_below` points the judge says why: a low mark without a reason helps nobody.
    """

    label: TwoLanguages
    description: TwoLanguages
    about: Literal["voice", "task", "policy", "publicity"]
    judged_by: Literal["superior", "related_departments", "quality_team"]
    marks: dict[Code, Mark] = Field(min_length=2)
    items: dict[Code, SheetItem] = Field(min_length=1)
    stages: dict[Code, SheetStage] = Field(default_factory=dict)
    grades: dict[Code, GradeBand] = Field(default_factory=dict)
    comment_below: int = Field(default=0, ge=0, le=100)
    sort: int = 100

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        refuse_unless_whole(item.weight for item in self.items.values())
        self._names_its_stages()
        bands = [band.at_least for band in self.grades.values()]
        if bands and (min(bands) != 0 or len(set(bands)) != len(bands)):
            raise ValueError("등급은 0점부터 서로 다른 점수에서 시작해야 합니다")
        return self

    def _names_its_stages(self) -> None:
        named = {item.stage for item in self.items.values() if item.stage}
        if strangers := sorted(named - set(self.stages)):
            raise ValueError(f"그런 단계가 없습니다: {', '.join(strangers)}")
        if idle := sorted(set(self.stages) - named):
            raise ValueError(f"물음이 없는 단계입니다: {', '.join(idle)}")
