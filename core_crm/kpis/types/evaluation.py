"""How an indicator's number becomes points (평가방법): by which method, from where to where."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from core_crm.voices.types.catalogue import TwoLanguages

Code: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
Points: TypeAlias = Annotated[Decimal, Field(ge=0, le=100)]


class Direction(StrEnum):
    """Which way is better; `band`: between two numbers."""

    HIGHER = "higher"
    LOWER = "lower"
    BAND = "band"
    NONE = "none"


class Method(StrEnum):
    """How points are given; all from 0 to 100.

    `linear`: 0 at `floor`, 100 at `ceiling`, in a straight line between. `target_ratio`: the share
    of the target that was reached. `step`: the points of the best grade reached. `rank`: 100 for
    the best of all evaluated, 0 for the last. `pass_fail`: 100 when the target is met.
    """

    LINEAR = "linear"
    TARGET_RATIO = "target_ratio"
    STEP = "step"
    RANK = "rank"
    MET = "pass_fail"


class Whom(StrEnum):
    """Who is evaluated by an indicator or a contract."""

    DEPARTMENT = "department"
    OFFICIAL = "official"
    BOTH = "both"

    def covers(self, level: str) -> bool:
        return self in (level, Whom.BOTH)


class Cadence(StrEnum):
    """How long the period is over which an indicator is evaluated."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class Strict(BaseModel):
    """A part of a document: what it does not know is refused."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, validate_by_name=True, serialize_by_alias=True
    )


class Band(Strict):
    """From `low` to `high`, both included: inside is right (`direction: band`)."""

    low: Decimal
    high: Decimal


class Step(Strict):
    """A grade of the method `step`: reached from this number on, in the better direction."""

    label: TwoLanguages
    since: Decimal = Field(alias="from")
    points: Points
    sort: int = 100


class Evaluation(Strict):
    """By which method points are given, and what the method needs.

    `no_data`: an indicator without a number is left out of the score, or gives 0 points.
    """

    method: Method
    floor: Decimal | None = None
    ceiling: Decimal | None = None
    grades: dict[Code, Step] = Field(default_factory=dict)
    no_data: Literal["exclude", "zero"] = "exclude"


def evaluation_faults(
    given: Evaluation, *, direction: Direction, target: Decimal | None, band: Band | None
) -> str:
    """Why these do not go together, for people; "" when they do."""
    if direction == Direction.NONE:
        return "높고 낮음에 좋고 나쁨이 없는 지표는 점수로 매길 수 없습니다 (direction)"
    if direction == Direction.BAND and given.method in (Method.TARGET_RATIO, Method.STEP):
        return "범위(band)가 목표인 지표에는 linear, rank, pass_fail만 쓸 수 있습니다"
    if (given.method == Method.STEP) != bool(given.grades):
        return "등급(grades)은 step 방법에, 그리고 거기에만 적습니다"
    if given.method == Method.LINEAR:
        return _linear_faults(given, direction, band)
    return _target_faults(given.method, direction, target)


def _target_faults(method: Method, direction: Direction, target: Decimal | None) -> str:
    needs_target = method in (Method.TARGET_RATIO, Method.MET) and direction != Direction.BAND
    if needs_target and target is None:
        return f"{method} 방법에는 목표(target)가 있어야 합니다"
    if method == Method.TARGET_RATIO and target is not None and target <= 0:
        return "target_ratio 방법의 목표(target)는 0보다 커야 합니다"
    return ""


def _linear_faults(given: Evaluation, direction: Direction, band: Band | None) -> str:
    floor, ceiling = given.floor, given.ceiling
    if floor is None or ceiling is None:
        return "linear 방법에는 0점인 값(floor)과 100점인 값(ceiling)이 있어야 합니다"
    if direction == Direction.BAND and band is not None:
        is_outside = floor < band.low and band.high < ceiling
        return "" if is_outside else "0점인 두 값(floor, ceiling)은 범위의 바깥 양쪽이어야 합니다"
    if direction == Direction.HIGHER and not floor < ceiling:
        return "높을수록 좋으면 0점인 값(floor)이 100점인 값(ceiling)보다 작아야 합니다"
    if direction == Direction.LOWER and not floor > ceiling:
        return "낮을수록 좋으면 0점인 값(floor)이 100점인 값(ceiling)보다 커야 합니다"
    return ""
