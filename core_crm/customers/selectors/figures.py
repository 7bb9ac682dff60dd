"""How many customers there are, of what sort, and how that changes (전체고객현황, 고객변화추이)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import TruncMonth

from core_crm.customers.models import Consent, CustomerFigure, Organisation
from core_crm.customers.types import CustomerState
from tenants import sql

AGES = (14, 20, 30, 40, 50, 60, 70)
"""Where an age band begins; below the first are children, for whom a guardian consents."""

_STATUS = """
SELECT grouping(language, sex, source, district, age) AS by, language, sex, source, district, age,
  count(*)
FROM (
  SELECT language, sex, source, left(district_code, 5) AS district,
    CASE WHEN birth_on IS NULL THEN NULL
    ELSE width_bucket(date_part('year', age(%s::date, birth_on))::int, %s) END AS age
  FROM core_customers_citizen WHERE state = 'active'
) citizen
GROUP BY GROUPING SETS ((), (language), (sex), (source), (district), (age))
ORDER BY 7 DESC
"""
_BY = {0b01111: "language", 0b10111: "sex", 0b11011: "source", 0b11101: "district", 0b11110: "age"}


@dataclass(frozen=True, slots=True)
class Month:
    """What changed in a month, and how many there were at the end of its last counted day."""

    first: date
    total: int
    added: int
    changed: int
    merged: int
    erased: int


@dataclass(frozen=True, slots=True)
class Status:
    """Counts of active customers. Each mapping: code -> how many, the most first.

    `by` holds language, sex, source, district (the first five digits) and age (the band's number,
    0 below the first of AGES); "" is unknown. `consents`: (purpose, channel) -> given, refused.
    """

    citizens: int
    organisations: Mapping[str, int]
    by: Mapping[str, Mapping[str, int]]
    consents: Mapping[tuple[str, str], tuple[int, int]]


def change_months(subject: str, *, since: date) -> list[Month]:
    """The months from this day, in order; days that nobody counted are missing in their sums."""
    kept = CustomerFigure.objects.filter(subject=subject, on__gte=since)
    months = list(
        kept.annotate(month=TruncMonth("on"))
        .values("month")
        .annotate(
            last=Max("on"),
            added=Sum("added"),
            changed=Sum("changed"),
            merged=Sum("merged"),
            erased=Sum("erased"),
        )
        .order_by("month")
    )
    ends = dict(kept.filter(on__in=[month["last"] for month in months]).values_list("on", "total"))
    return [
        Month(
            first=month["month"],
            total=ends[month["last"]],
            **{name: month[name] for name in ("added", "changed", "merged", "erased")},
        )
        for month in months
    ]


def customer_status(*, today: date) -> Status:
    """All active customers by what is known of them; citizens in one scan."""
    whole, by = 0, {name: dict[str, int]() for name in _BY.values()}
    for kind, *values, count in sql.tuples(_STATUS, [today, list(AGES)]):
        if kind in _BY:
            name = _BY[kind]
            value = values[list(_BY.values()).index(name)]
            by[name][_code(value)] = count
        else:
            whole = count
    return Status(whole, _organisations(), by, _consents())


def _code(value: object) -> str:
    return "" if value is None else str(value)


def _organisations() -> dict[str, int]:
    active = Organisation.objects.filter(state=CustomerState.ACTIVE)
    found = active.values("kind").annotate(n=Count("id")).order_by("-n", "kind")
    return {row["kind"]: row["n"] for row in found}


def _consents() -> dict[tuple[str, str], tuple[int, int]]:
    """Of active citizens: how many said yes, and how many said no. All others were never asked."""
    known = Consent.objects.filter(citizen__state=CustomerState.ACTIVE)
    found = known.values("purpose", "channel").annotate(
        given=Count("id", filter=Q(is_given=True)), refused=Count("id", filter=Q(is_given=False))
    )
    return {
        (row["purpose"], row["channel"]): (row["given"], row["refused"])
        for row in found.order_by("purpose", "channel")
    }
