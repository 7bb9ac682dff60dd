"""What figures hang on departments: asked before they are moved or ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count

from core_crm.kpis.models import MonthFact
from core_crm.kpis.types import Slice


def months_of_departments(codes: Iterable[str], *, since: date) -> dict[str, int]:
    """In how many months since then each department has figures; those without any are left out.

    Figures keep their department when it ends; those of one that moves count for its new bureau.
    """
    found = MonthFact.objects.filter(
        slice=Slice.DEPARTMENT, department_code__in=list(codes), month__gte=since
    )
    counted = found.values_list("department_code").annotate(n=Count("month", distinct=True))
    return dict(counted.order_by("department_code"))
