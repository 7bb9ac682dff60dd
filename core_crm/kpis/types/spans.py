"""Periods of evaluation: a month, quarter, half or year, as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from core_crm.kpis.errors import PeriodNotReadable
from core_crm.kpis.types.evaluation import Cadence

MONTHS = {Cadence.MONTH: 1, Cadence.QUARTER: 3, Cadence.HALF: 6, Cadence.YEAR: 12}
_WRITTEN = re.compile(r"([12]\d{3})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?")


@dataclass(frozen=True, slots=True)
class Span:
    """From `first` to before `until`, both the first of a month."""

    cadence: Cadence
    first: date
    until: date

    @classmethod
    def of(cls, cadence: Cadence, day: date) -> Span:
        """The span of this length that a day lies in."""
        months = MONTHS[cadence]
        month = (day.month - 1) // months * months + 1
        first = date(day.year, month, 1)
        end = month + months
        return cls(cadence, first, date(day.year + (end > 12), (end - 1) % 12 + 1, 1))

    @classmethod
    def read(cls, text: str) -> Span:
        """`2026-10`, `2026-Q4`, `2026-H2` or `2026`. Raises PeriodNotReadable."""
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise PeriodNotReadable(
                "기간은 2026-10(달), 2026-Q4(분기), 2026-H2(반기), 2026(해)처럼 써 주세요.",
                given=text[:20],
            )
        year, month, quarter, half = (int(part) if part else 0 for part in found.groups())
        if month:
            return cls.of(Cadence.MONTH, date(year, month, 1))
        if quarter:
            return cls.of(Cadence.QUARTER, date(year, quarter * 3, 1))
        return cls.of(Cadence.HALF if half else Cadence.YEAR, date(year, half * 6 or 1, 1))

    def __str__(self) -> str:
        if self.cadence == Cadence.MONTH:
            return f"{self.first:%Y-%m}"
        if self.cadence == Cadence.YEAR:
            return f"{self.first:%Y}"
        number = (self.first.month - 1) // MONTHS[self.cadence] + 1
        return f"{self.first:%Y}-{'Q' if self.cadence == Cadence.QUARTER else 'H'}{number}"

    def before(self) -> Span:
        """The span of the same length that ends where this begins."""
        last = self.first.replace(
            year=self.first.year - (self.first.month == 1), month=(self.first.month - 2) % 12 + 1
        )
        return Span.of(self.cadence, last)
