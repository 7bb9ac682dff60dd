"""What there is of facts: since when, how fresh, of which bureaus."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Max, Min
from django.db.models.functions import ExtractYear

from core_crm.kpis.models import FactDay, MonthFact
from core_crm.kpis.selectors.organisation import Organisation
from core_crm.kpis.types import Slice


def facts_computed_at() -> datetime | None:
    """The time of the data: when facts last changed; None before the first refresh."""
    found: datetime | None = FactDay.objects.aggregate(at=Max("computed_at"))["at"]
    return found


def first_month() -> date | None:
    """The month of the city's oldest case with us."""
    found: date | None = MonthFact.objects.aggregate(first=Min("month"))["first"]
    return found


def kpi_years() -> list[int]:
    """The years that have facts, the latest first."""
    years = MonthFact.objects.filter(slice=Slice.CHANNEL).values_list(ExtractYear("month"))
    return sorted({year for (year,) in years}, reverse=True)


def bureau_options() -> list[tuple[str, str]]:
    """Code and name of every bureau that has facts, in the order of the organisation."""
    facts = MonthFact.objects.filter(slice=Slice.DEPARTMENT).exclude(bureau_code="")
    codes = facts.values_list("bureau_code", flat=True).distinct()
    organisation = Organisation.of_this_city()
    return [(code, organisation.name(code)) for code in sorted(codes, key=organisation.place)]
