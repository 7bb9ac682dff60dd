"""Does a segment hold the groups of residents as they live here? By sex, district and age.

A group that is missing may be one that the city never hears from. Only where residents were counted
by the trait: figures are never invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Expression, F, QuerySet

from core_crm.customers.models import Citizen
from core_crm.customers.selectors import predicate_expressions as worked_out
from core_crm.customers.selectors.residents import (
    Residents,
    residents_by_age,
    residents_by_district,
    residents_by_sex,
)
from core_crm.segments.types import Comparison, Share
from tenants.context import current_city


def segment_equity(found: QuerySet[Citizen], *, today: date) -> tuple[Comparison, ...]:
    """By sex, district and age; without shares where nobody counted the residents by it."""
    return (
        _by_value("sex", found, residents_by_sex(current_city().code), F("sex")),
        _by_value("district", found, residents_by_district(), worked_out.district()),
        _by_age(found, residents_by_age(), today),
    )


def _by_value(
    trait: str, found: QuerySet[Citizen], residents: Residents | None, value: Expression | F
) -> Comparison:
    if residents is None:
        return Comparison(trait)
    rows = found.order_by().values(_trait=value).annotate(n=Count("pk"))
    return _compared(trait, {row["_trait"]: row["n"] for row in rows}, residents)


def _by_age(found: QuerySet[Citizen], residents: Residents | None, today: date) -> Comparison:
    if residents is None:
        return Comparison("age")
    bands = [tuple(map(int, band.split("-"))) for band in residents.by_group]
    counts: dict[str, int] = {}
    for row in found.order_by().values(_trait=worked_out.age(today)).annotate(n=Count("pk")):
        age = row["_trait"]
        at = (f"{a}-{b}" for a, b in bands if age is not None and a <= age <= b)
        band = next(at, "")
        counts[band] = counts.get(band, 0) + row["n"]
    return _compared("age", counts, residents)


def _compared(trait: str, members: Mapping[str, int], residents: Residents) -> Comparison:
    known = sum(n for group, n in members.items() if group in residents.by_group)
    shares = tuple(
        Share(
            group,
            lives,
            members.get(group, 0),
            lives / residents.total if residents.total else 0.0,
            members.get(group, 0) / known if known else 0.0,
        )
        for group, lives in residents.by_group.items()
    )
    unknown = sum(members.values()) - known
    day = residents.counted_on.isoformat()
    return Comparison(trait, shares, unknown, day, residents.source)
