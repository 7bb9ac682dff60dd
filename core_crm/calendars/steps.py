"""How a due time came about: the stretches counted and not counted, each with its article."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

HOURS, DAYS, CALENDAR_DAYS = "hours", "days", "calendar_days"


@dataclass(frozen=True, slots=True)
class Step:
    """From one moment to another, this much was counted (0: left out), by this article."""

    from_at: datetime
    to_at: datetime
    counted: Fraction
    unit: str
    article: str

    def as_dict(self) -> dict[str, str | int | float]:
        """JSON-ready, as in the contract of `sodam clock`."""
        whole = self.counted.denominator == 1
        return {
            "from": self.from_at.isoformat(),
            "to": self.to_at.isoformat(),
            "counted": int(self.counted) if whole else round(float(self.counted), 6),
            "unit": self.unit,
            "article": self.article,
        }


@dataclass(slots=True)
class StepList:
    """Collects steps; neighbours of the same article become one."""

    unit: str
    steps: list[Step] = field(default_factory=list)

    def add(self, from_at: datetime, to_at: datetime, counted: Fraction, article: str) -> None:
        """A stretch. Counted ones join their neighbour within a day, or over days in days."""
        last = self.steps[-1] if self.steps else None
        if last is None or not self._joins(last, from_at, counted, article):
            self.steps.append(Step(from_at, to_at, counted, self.unit, article))
            return
        self.steps[-1] = Step(last.from_at, to_at, last.counted + counted, self.unit, article)

    def _joins(self, last: Step, from_at: datetime, counted: Fraction, article: str) -> bool:
        if last.article != article or bool(last.counted) != bool(counted):
            return False
        return not counted or self.unit != HOURS or last.to_at.date() == from_at.date()
