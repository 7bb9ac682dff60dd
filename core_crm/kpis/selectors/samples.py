"""Numbers to try a formula with: the city's own of the last month that is in the facts."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Max, Sum

from core_crm.kpis.models import ExtraFact, MonthFact
from core_crm.kpis.types import Cadence, Slice, Span, is_added


def measures_of_city(names: Collection[str]) -> dict[str, int]:
    """Each measure added up over the whole city; empty before there are facts."""
    facts = MonthFact.objects.filter(slice=Slice.CHANNEL)
    newest = facts.aggregate(month=Max("month"))["month"]
    if newest is None or not names:
        return {}
    core = {name: Sum(name) for name in names if not is_added(name)}
    found = facts.filter(month=newest).aggregate(**core) if core else {}
    span = Span.of(Cadence.MONTH, newest)
    added = ExtraFact.objects.filter(
        code__in=[name for name in names if is_added(name)],
        day__gte=span.first,
        day__lt=span.until,
    )
    sums = added.values_list("code").annotate(Sum("value")).order_by()
    return {name: amount or 0 for name, amount in found.items()} | dict(sums)
