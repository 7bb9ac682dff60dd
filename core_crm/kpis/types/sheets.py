"""Scores of a period: who was evaluated, by which indicators, with how many points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from core_crm.kpis.types.contracts import ContractGrade
from core_crm.kpis.types.evaluation import Cadence
from core_crm.kpis.types.indicators import Indicator
from core_crm.kpis.types.spans import Span


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """An indicator as it counts here: `weight` of the weights of all items together."""

    indicator: Indicator
    weight: Fraction


class Score(NamedTuple):
    """The number and the points of one item; None where there is no number."""

    value: Fraction | None
    points: Fraction | None
    base: int


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A department or an official over the period. `scores` stand in the order of the items.

    `points` of 0 to 100, rounded once to two places; None without any number. `rank` counts from 1,
    equals share theirs.
    """

    bureau_code: str
    bureau_name: str
    department_code: str
    department_name: str
    officer_id: UUID | None
    officer_name: str
    scores: tuple[Score, ...]
    points: Decimal | None
    rank: int | None
    grade: ContractGrade | None


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """All rows of a level. `digest` pins the documents, `facts_digest` the facts of the period:
    equal digests, equal scores. `cadence` is that of the indicators."""

    span: Span
    level: str
    cadence: Cadence
    contract: str
    items: tuple[ScoreItem, ...]
    rows: tuple[ScoreRow, ...]
    digest: str
    facts_digest: str
    computed_at: datetime | None
    is_over: bool
    """Has the period ended? Until then the points change."""
