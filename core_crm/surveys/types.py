"""What others may hold of the surveys room: the five items, and a department's scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from core_crm.events import Event
from core_crm.voices.types.catalogue import TwoLanguages

SCORED_ITEMS = ("speed", "kindness", "fairness", "convenience")
ITEM_LABELS_KO = {"speed": "신속", "kindness": "친절", "fairness": "공정", "convenience": "편의"}
FEWEST_SHOWN = 5  # below it, an average would tell who said what


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ScaleStep(_Strict):
    """One of the five steps a citizen chooses from."""

    value: int = Field(ge=1, le=5)
    label: TwoLanguages


class SurveyItem(_Strict):
    """One question."""

    kind: Literal["score", "text"]
    label: TwoLanguages
    question: TwoLanguages
    max_length: int = 1000
    sort: int = 100


class SolvedQuestion(_Strict):
    """The question that is not a score: a "no" opens the voice again."""

    question: TwoLanguages
    yes: TwoLanguages
    no: TwoLanguages


class SurveyDefinition(_Strict):
    """A document of the kind `survey`."""

    title: TwoLanguages
    intro: TwoLanguages
    scale: tuple[ScaleStep, ...]
    items: dict[str, SurveyItem]
    solved: SolvedQuestion

    def in_order(self) -> list[tuple[str, SurveyItem]]:
        """The questions as asked: by `sort`, then the four of the standard, then the rest."""
        place = {code: n for n, code in enumerate(SCORED_ITEMS)}
        return sorted(
            self.items.items(),
            key=lambda one: (one[1].sort, place.get(one[0], len(place)), one[0]),
        )


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One department's scores over a stretch of time.

    With fewer than five answers `averages` and `solved_percent` are None: too few to show.
    """

    department_id: UUID | None
    department_code: str
    department_name: str
    invited: int
    answered: int
    is_shown: bool
    averages: Mapping[str, float | None]
    counts: Mapping[str, int]
    average: float | None
    solved_percent: float | None


@dataclass(frozen=True, slots=True)
class RecentComment:
    """Words of a citizen as a department may read them: neither whose, nor about which voice."""

    on: date
    comment: str
    is_solved: bool | None


@dataclass(frozen=True, slots=True)
class SurveyInvited(Event):
    """A citizen was asked how a closing was."""

    kind: ClassVar[str] = "surveys.survey_invited"

    invitation_id: UUID
    voice_id: UUID
    closing_no: int


@dataclass(frozen=True, slots=True)
class SurveyAnswered(Event):
    """A citizen rated a closing (again)."""

    kind: ClassVar[str] = "surveys.survey_answered"

    invitation_id: UUID
    voice_id: UUID
    closing_no: int
    is_solved: bool | None = None
