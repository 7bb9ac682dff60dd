"""Plugins' measures per month and row of a grid: as `sums` gives the core's own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet

from core_crm.kpis.models import ExtraFact
from core_crm.kpis.selectors.added import MONTH, added_sums
from core_crm.kpis.selectors.organisation import Organisation
from core_crm.kpis.selectors.sums import RowKey, Sums, Wanted, under_bureau
from core_crm.kpis.types import Level

COMPOUND = ("is_compound",)


def added_by_month(
    codes: Collection[str], wanted: Wanted, *, level: Level | None, by_compound: bool
) -> Sums:
    """Of the same rows that `sums_by_month` and `sums_by_official` give."""
    is_of_people = level == Level.OFFICIAL
    by = ("department__code", *(("officer_id",) if is_of_people else ()))
    by += COMPOUND if by_compound else ()
    organisation = Organisation.of_this_city()
    found: dict[tuple[RowKey, date], Counter[str]] = defaultdict(Counter)
    facts = _facts(wanted, is_of_people=is_of_people)
    for values, sums in added_sums(codes, facts, *by, MONTH).items():
        told = dict(zip((*by, MONTH), values, strict=True))
        found[_key(told, level, organisation), told[MONTH]].update(sums)
    return ((key, month, sums) for (key, month), sums in found.items())


def _facts(wanted: Wanted, *, is_of_people: bool) -> QuerySet[ExtraFact]:
    found = ExtraFact.objects.filter(day__year=wanted.year, **wanted.cases())
    if is_of_people:
        found = found.filter(officer__isnull=False)
    if wanted.department:
        found = found.filter(department__code=wanted.department)
    return found.filter(department_id__in=under_bureau(wanted.bureau)) if wanted.bureau else found


def _key(told: dict[str, Any], level: Level | None, organisation: Organisation) -> RowKey:
    code = told["department__code"] or ""
    is_of_people, is_of_bureaus = level == Level.OFFICIAL, level == Level.BUREAU
    has_bureau = level in (Level.BUREAU, Level.DEPARTMENT)
    return RowKey(
        bureau_code=organisation.bureau(code) if has_bureau else "",
        department_code="" if level is None or is_of_bureaus else code,
        officer_id=told.get("officer_id") if is_of_people else None,
        is_compound=told.get("is_compound"),
    )
