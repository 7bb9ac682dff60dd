"""A performance contract (직무성과계약): which indicators count for a manager, and how much."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from core_crm.kpis.types.evaluation import Cadence, Code, Points, Strict
from core_crm.voices.types.catalogue import TwoLanguages

WHOLE = Decimal(100)


class ContractItem(Strict):
    """One item: the indicator it is measured by, and its share of the contract."""

    label: TwoLanguages | None = None
    kpi: Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]*|x\.[a-z0-9_]+\.[a-z0-9_]+)$")]
    weight: Points
    sort: int = 100


class ContractGrade(Strict):
    """What a score is called: from this many points on."""

    label: TwoLanguages
    since: Points = Field(alias="from")
    sort: int = 100


class ContractSource(Strict):
    """Where the contract comes from."""

    ko: str
    en: str = ""


class PerformanceContract(Strict):
    """A document of the kind `performance_contract`.

    Its items are evaluated over its own `period`, whatever theirs, and weigh 100 together.
    """

    label: TwoLanguages
    description: TwoLanguages
    level: Literal["department", "official"] = "department"
    period: Cadence = Cadence.YEAR
    items: dict[Code, ContractItem] = Field(min_length=1)
    grades: dict[Code, ContractGrade] = Field(default_factory=dict)
    sort: int = 100
    source: ContractSource

    @model_validator(mode="after")
    def _weighs_a_hundred(self) -> PerformanceContract:
        whole = sum((one.weight for one in self.items.values()), Decimal(0))
        if whole != WHOLE:
            raise ValueError(f"항목의 가중치를 더하면 100이어야 합니다 (지금 {whole})")
        kpis = [one.kpi for one in self.items.values()]
        if len(set(kpis)) < len(kpis):
            raise ValueError("같은 지표가 두 번 들어 있습니다")
        return self

    def grade_of(self, points: Decimal) -> ContractGrade | None:
        """The highest grade that this many points reach; None below all."""
        reached = [one for one in self.grades.values() if points >= one.since]
        return max(reached, key=lambda one: one.since, default=None)
