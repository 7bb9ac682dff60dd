"""Who is evaluated in a period, with the sums that their indicators need."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from core_crm.kpis.models import DayFact, ExtraFact, FactDay, MonthFact
from core_crm.kpis.selectors.added import added_sums, measures_held
from core_crm.kpis.selectors.organisation import Organisation
from core_crm.kpis.types import Indicator, Level, Slice, is_added
from core_crm.kpis.types.spans import Span
from core_crm.staff.models import Official


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A department, or an official in the department of today."""

    bureau_code: str
    bureau_name: str
    department_code: str
    department_name: str
    officer_id: UUID | None
    officer_name: str
    measures: dict[str, int]


def evaluated(span: Span, *, level: str, indicators: Iterable[Indicator]) -> list[Evaluated]:
    """Everybody with cases in the span, in the order of the organisation."""
    needed = {name for one in indicators for name in (*one.formula.names, one.base)}
    core = sorted(name for name in needed if not is_added(name))
    added = measures_held(needed.difference(core))
    find = _officials if level == Level.OFFICIAL else _departments
    return find(span, core, added)


def facts_digest_of(span: Span) -> str:
    """SHA-256 over the digests of the span's days: equal digests, equal facts."""
    days = FactDay.objects.filter(day__gte=span.first, day__lt=span.until).order_by("day")
    lines = "\n".join(f"{day} {digest}" for day, digest in days.values_list("day", "digest"))
    return hashlib.sha256(lines.encode()).hexdigest()


def _departments(span: Span, core: list[str], added: list[str]) -> list[Evaluated]:
    facts = MonthFact.objects.filter(
        slice=Slice.DEPARTMENT, month__gte=span.first, month__lt=span.until
    ).exclude(department_code="")
    found = _sums(facts, core, "department_code")
    _put(found, span, added, "department__code")
    organisation = Organisation.of_this_city()
    lines = [_line(organisation, code, measures) for code, measures in found.items()]
    return sorted(lines, key=lambda one: _place(organisation, one))


def _officials(span: Span, core: list[str], added: list[str]) -> list[Evaluated]:
    facts = DayFact.objects.filter(day__gte=span.first, day__lt=span.until, officer__isnull=False)
    found = _sums(facts, core, "officer_id")
    _put(found, span, added, "officer_id")
    organisation = Organisation.of_this_city()
    people = Official.objects.filter(id__in=found).values_list(
        "id", "user__name", "department__code"
    )
    lines = [
        _line(organisation, code or "", found[pk], officer=(pk, name)) for pk, name, code in people
    ]
    return sorted(lines, key=lambda one: _place(organisation, one))


def _sums(facts: QuerySet[Any], names: Collection[str], by: str) -> dict[Any, dict[str, int]]:
    asked = facts.values(by).annotate(**{f"all_{name}": Sum(name) for name in names}).order_by()
    columns = [f"all_{name}" for name in names]
    return {
        key: dict(zip(names, sums, strict=True))
        for key, *sums in asked.values_list(by, *columns).iterator()
    }


def _put(found: dict[Any, dict[str, int]], span: Span, added: list[str], by: str) -> None:
    """Plugins' measures beside the core's: 0 where nothing was counted."""
    for sums in found.values():
        sums.update(dict.fromkeys(added, 0))
    facts = ExtraFact.objects.filter(day__gte=span.first, day__lt=span.until)
    for (key,), counted in added_sums(added, facts, by).items():
        if key in found:
            found[key].update(counted)


def _line(
    organisation: Organisation,
    code: str,
    measures: dict[str, int],
    *,
    officer: tuple[UUID | None, str] = (None, ""),
) -> Evaluated:
    bureau = organisation.bureau(code)
    names = (bureau, organisation.name(bureau), code, organisation.name(code))
    return Evaluated(*names, *officer, measures)


def _place(organisation: Organisation, one: Evaluated) -> tuple[int, int, str, str]:
    place = organisation.place
    return place(one.bureau_code), place(one.department_code), one.officer_name, str(one.officer_id)
