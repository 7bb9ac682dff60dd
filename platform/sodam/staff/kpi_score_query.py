"""Which score sheet an address asks for: period, whose, by what, of which bureau."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from core_crm.kpis.types import Cadence, Span

LEVELS = ("department", "official")
SHOWN = {Cadence.MONTH: 12, Cadence.QUARTER: 4, Cadence.HALF: 2, Cadence.YEAR: 3}


@dataclass(frozen=True, slots=True)
class ScoreQuery:
    """What is set. `span` as people write it; `contract` "": by the weights of the indicators."""

    span: str
    level: str = "department"
    contract: str = ""
    bureau: str = ""

    @classmethod
    def of(
        cls,
        given: QueryDict,
        *,
        spans: Sequence[str],
        contracts: Sequence[str],
        bureaus: Sequence[str],
    ) -> ScoreQuery:
        """Read an address; the unknown becomes the default: the last month that is over."""
        span, level = given.get("span", ""), given.get("level", "")
        contract, bureau = given.get("contract", ""), given.get("bureau", "")
        return cls(
            span=span if span in spans else spans[1 if len(spans) > 1 else 0],
            level=level if level in LEVELS else LEVELS[0],
            contract=contract if contract in contracts else "",
            bureau=bureau if bureau in bureaus else "",
        )

    def within(self, *, has_officials: bool) -> ScoreQuery:
        """As it may be asked: people only where there are any to see, and by no contract."""
        if self.level == "official" and not has_officials:
            return replace(self, level=LEVELS[0])
        return replace(self, contract="") if self.level == "official" else self

    def url(self, *, name: str = "staff_kpi_score", **changes: Any) -> str:
        values = {key: value for key, value in asdict(replace(self, **changes)).items() if value}
        return f"{reverse(name)}?{urlencode(values)}"


def spans_of(today: date, years: Sequence[int]) -> list[Span]:
    """This month and those before it, then quarters, halves and years, as far as facts go."""
    first = date(min(years, default=today.year), 1, 1)
    found = []
    for cadence, most in SHOWN.items():
        span = Span.of(cadence, today)
        for _number in range(most):
            if span.until <= first:
                break
            found.append(span)
            span = span.before()
    return found


def span_word(span: Span) -> str:
    """`2026년 10월`, `2026년 4분기`, `2026년 하반기`, `2026년`."""
    year = {"year": span.first.year, "n": span.first.month}
    if span.cadence == Cadence.MONTH:
        return _("%(year)d년 %(n)d월") % year
    if span.cadence == Cadence.YEAR:
        return _("%(year)d년 한 해") % year
    if span.cadence == Cadence.QUARTER:
        return _("%(year)d년 %(n)d분기") % {**year, "n": (span.first.month + 2) // 3}
    words = {1: _("%(year)d년 상반기"), 7: _("%(year)d년 하반기")}
    return words[span.first.month] % year
