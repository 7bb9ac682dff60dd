"""An indicator (성과지표): a formula over measures, kept as a document of the kind `kpi`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from core_crm.common.formulas import Formula, Kind, parse
from core_crm.kpis.types.measures import MEASURES, Measures
from core_crm.voices.types.catalogue import TwoLanguages

MEASURE_KINDS = dict.fromkeys(MEASURES, Kind.NUMBER)


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class KpiSource(_Strict):
    """Where the indicator comes from: a table of the case study, an article of a law."""

    ko: str
    en: str = ""


class KpiDefinition(_Strict):
    """A document of the kind `kpi`.

    `base` is the measure that says how many cases stand behind the number; with fewer than
    `fewest` the number is not shown. `decimals` is how the number is written; what a score is made
    of is rounded by the formula's own `round()`.
    """

    label: TwoLanguages
    description: TwoLanguages
    unit: Literal["%", "점", "건"]
    decimals: int = Field(ge=0, le=4)
    direction: Direction
    target: Decimal | None = None
    formula: str
    base: str
    fewest: int = Field(default=1, ge=1)
    sort: int = 100
    source: KpiSource

    @model_validator(mode="after")
    def _of_measures_only(self) -> KpiDefinition:
        """Unknown names are refused when the document is read. Raises FormulaError."""
        if self.base not in MEASURES:
            raise ValueError(f"{self.base!r} is not a measure")
        self.parsed()
        return self

    def parsed(self) -> Formula:
        """The formula over the measures, typed. Raises FormulaError."""
        return parse(self.formula, names=MEASURE_KINDS, expects=Kind.NUMBER)


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

    def value(self, measures: Measures) -> Fraction | None:
        """The number these measures give; None when too few cases stand behind it, or undefined."""
        if measures[self.base] < self.fewest:
            return None
        found = self.formula.evaluate(measures)
        return found if isinstance(found, Fraction) else None

    def meets_target(self, value: Fraction) -> bool | None:
        """Is the target reached? None where the indicator has none."""
        if self.target is None or self.direction == Direction.NONE:
            return None
        is_higher_better = self.direction == Direction.HIGHER
        return value >= self.target if is_higher_better else value <= self.target
