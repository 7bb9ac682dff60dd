"""An indicator (성과지표): a formula over measures, kept as a document of the kind `kpi`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from pydantic import Field, model_validator

from core_crm.common.formulas import Formula, Kind, parse
from core_crm.kpis.types.evaluation import (
    Band,
    Cadence,
    Direction,
    Evaluation,
    Points,
    Strict,
    Whom,
    evaluation_faults,
)
from core_crm.kpis.types.names import MEASURE_KINDS, is_added, is_measure
from core_crm.voices.types.catalogue import TwoLanguages

__all__ = ["Direction", "Indicator", "KpiDefinition", "KpiSource", "weight_sums"]


class KpiSource(Strict):
    """Where the indicator comes from: a table of the case study, an article of a law."""

    ko: str
    en: str = ""


class KpiDefinition(Strict):
    """A document of the kind `kpi`.

    `base` is the measure that says how many cases stand behind the number; with fewer than
    `fewest` the number is not shown. `decimals` is how the number is written; what a score is made
    of is rounded by the formula's own `round()`.

    `weight` is its share of the score of whom it evaluates (`level`), over its `period`: those of
    one level and period add up to 100, or to 0 where nobody is scored (`weight_sums`).
    """

    label: TwoLanguages
    description: TwoLanguages
    unit: Literal["%", "점", "건", "시간", "일", "명"]
    decimals: int = Field(ge=0, le=4)
    direction: Direction
    target: Decimal | None = None
    band: Band | None = None
    formula: str
    base: str
    fewest: int = Field(default=1, ge=1)
    weight: Points = Decimal(0)
    level: Whom = Whom.BOTH
    period: Cadence = Cadence.MONTH
    evaluation: Evaluation | None = None
    sort: int = 100
    source: KpiSource

    @model_validator(mode="after")
    def _of_measures_only(self) -> KpiDefinition:
        """Unknown names are refused when the document is read. Raises FormulaError."""
        if not is_measure(self.base):
            raise ValueError(f"{self.base!r} is not a measure")
        self.parsed()
        return self

    @model_validator(mode="after")
    def _can_be_scored(self) -> KpiDefinition:
        if (self.direction == Direction.BAND) != (self.band is not None):
            raise ValueError("band는 direction이 band일 때, 그때만 적습니다")
        if self.band is not None and self.band.low > self.band.high:
            raise ValueError("범위의 낮은 값(low)이 높은 값(high)보다 큽니다")
        if self.evaluation is None:
            if self.weight:
                raise ValueError("가중치가 있으면 평가방법(evaluation)도 있어야 합니다")
            return self
        fault = evaluation_faults(
            self.evaluation, direction=self.direction, target=self.target, band=self.band
        )
        if fault:
            raise ValueError(fault)
        return self

    def parsed(self) -> Formula:
        """The formula over the measures, typed. Raises FormulaError."""
        return parse(self.formula, names=MEASURE_KINDS, expects=Kind.NUMBER)

    def added_measures(self) -> frozenset[str]:
        """The measures of plugins that it needs."""
        return frozenset(name for name in {*self.parsed().names, self.base} if is_added(name))


def weight_sums(documents: Mapping[str, KpiDefinition]) -> dict[tuple[Whom, Cadence], Decimal]:
    """Level and period -> the weights added up, where any is scored. Each has to be 100."""
    sums: dict[tuple[Whom, Cadence], Decimal] = {}
    for one in documents.values():
        for level in (Whom.DEPARTMENT, Whom.OFFICIAL):
            if one.weight and one.level.covers(level):
                place = level, one.period
                sums[place] = sums.get(place, Decimal(0)) + one.weight
    return sums


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator as effective here; `digest` pins the document it was read from."""

    code: str
    label: str
    label_en: str
    description: str
    description_en: str
    unit: str
    decimals: int
    direction: Direction
    target: Fraction | None
    formula: Formula
    formula_source: str
    base: str
    fewest: int
    sort: int
    source: str
    source_en: str
    digest: str
    version: str
    definition: KpiDefinition

    @property
    def weight(self) -> Fraction:
        return Fraction(self.definition.weight)

    @property
    def added_measures(self) -> frozenset[str]:
        """Those of plugins that it needs."""
        return self.definition.added_measures()

    def value(self, measures: Mapping[str, int]) -> Fraction | None:
        """The number these measures give; None when too few cases stand behind it, or undefined."""
        return self.values([measures])[0]

    def values(self, many: Iterable[Mapping[str, int]]) -> list[Fraction | None]:
        """The numbers of many; the formula was read as one that gives a number."""
        evaluate: Callable[[Mapping[str, int]], Any] = self.formula.evaluate
        base, fewest = self.base, self.fewest
        return [evaluate(one) if one.get(base, 0) >= fewest else None for one in many]

    def meets_target(self, value: Fraction) -> bool | None:
        """Is the target reached? None where the indicator has none."""
        if self.definition.band is not None:
            low, high = self.definition.band.low, self.definition.band.high
            return Fraction(low) <= value <= Fraction(high)
        if self.target is None or self.direction == Direction.NONE:
            return None
        is_higher_better = self.direction == Direction.HIGHER
        return value >= self.target if is_higher_better else value <= self.target
