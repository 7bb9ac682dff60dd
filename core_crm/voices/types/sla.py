"""The document `sla/voice`: the city's own promises (목표), never later than the law's due time."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from core_crm.calendars import Period, Unit, default_period, is_not_longer
from core_crm.voices.types.catalogue import PeriodEntry, TwoLanguages
from core_crm.voices.types.words import PetitionClass

Watcher = Literal["head", "steward", "admin"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Escalation(_Strict):
    """Who looks after it, once so much of the target's time is used and it is not answered."""

    percent: int = Field(ge=1, le=100)
    to: Watcher


class SlaTarget(_Strict):
    """One promise, for a service, a category or a class; the most telling one that fits holds.

    Either a `period` of its own, counted as the law counts (민원 처리에 관한 법률 제19조), or
    `percent` of the working time that the law gives. `warn_percent`: of the target's time, from
    when on the clock says 목표 임박.
    """

    label: TwoLanguages
    sort: int = 100
    petition_class: PetitionClass | None = None
    category: str = Field(default="", max_length=48)
    service: str = Field(default="", max_length=48)
    period: PeriodEntry | None = None
    percent: int | None = Field(default=None, ge=1, le=99)
    warn_percent: int = Field(default=70, ge=1, le=99)
    escalation: Escalation | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> SlaTarget:
        if not (self.petition_class or self.category or self.service):
            raise ValueError("민원 종류, 분야, 민원편람 가운데 하나는 골라야 합니다.")
        if (self.period is None) == (self.percent is None):
            raise ValueError("처리기간(period)과 백분율(percent) 가운데 하나만 씁니다.")
        return self

    @model_validator(mode="after")
    def _is_not_longer_than_the_law(self) -> SlaTarget:
        kind = self.petition_class
        if self.period is None or kind is None or kind == PetitionClass.STATUTORY:
            return self
        lawful = default_period(kind.value)
        if not is_not_longer(Period(Unit(self.period.unit), self.period.amount), lawful):
            raise ValueError("목표는 법정 처리기간보다 길 수 없습니다.")
        return self

    def fits(self, *, petition_class: str, category: str, service: str) -> int:
        """How telling it is of such a voice: more for a service than for a class; 0: not at all."""
        kind = str(self.petition_class or "")
        asked = ((self.service, service), (self.category, category), (kind, petition_class))
        if any(wanted and wanted != given for wanted, given in asked):
            return 0
        return sum(weight for (wanted, _), weight in zip(asked, (4, 2, 1), strict=True) if wanted)


class SlaDefinition(_Strict):
    """The document: the city's promises by code."""

    version: str = ""
    label: TwoLanguages
    targets: dict[str, SlaTarget] = {}
