"""Facts made by hand, as a city would hand them in."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import psycopg

from core_crm.kpis.models import MonthFact
from core_crm.kpis.types import MEASURES
from core_crm.kpis.types import Slice as FactsSlice
from core_crm.national_reports.services.facts import FactRow, added_up
from core_crm.surveys.types import SCORED_ITEMS
from tenants.context import rollup_role, serving_city

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
COMPUTED_AT = datetime(2026, 11, 20, tzinfo=UTC)
CLASSES = ("statutory", "inquiry", "grievance", "suggestion")


def measures(
    *, received: int = 0, closed: int = 0, settled: int | None = None, rated: int = 0
) -> dict[str, int]:
    """Counts that can be true together; every settled case was invited."""
    done = closed if settled is None else settled
    return dict.fromkeys(MEASURES, 0) | {
        "received": received,
        "closed": closed,
        "settled": done,
        "answered": done,
        "withdrawn": closed - done,
        "on_time": done - done // 4,
        "allowed_minutes": done * 2400,
        "used_minutes": done * 1300,
        "invited": done,
        "rated": rated,
        **{f"{item}_count": rated for item in SCORED_ITEMS},
        **{f"{item}_sum": rated * 4 for item in SCORED_ITEMS},
        "solved": rated,
    }


def department(
    code: str,
    given: Mapping[str, int],
    *,
    month: date = OCTOBER,
    petition_class: str = "grievance",
    is_compound: bool = False,
    bureau: str = "",
) -> FactRow:
    """`department("a1.road", measures(received=7))`: the bureau is what stands before the dot."""
    above = bureau or code.partition(".")[0]
    return FactRow(
        month=month,
        slice=FactsSlice.DEPARTMENT,
        bureau=(above, f"{above}국" if above else ""),
        department=(code, f"{code}과" if code else ""),
        category=("", ""),
        petition_class=petition_class,
        is_compound=is_compound,
        computed_at=COMPUTED_AT,
        measures=given,
    )


def category(
    code: str,
    given: Mapping[str, int],
    *,
    month: date = OCTOBER,
    petition_class: str = "grievance",
) -> FactRow:
    return FactRow(
        month=month,
        slice=FactsSlice.CATEGORY,
        bureau=("", ""),
        department=("", ""),
        category=(code, f"{code} 분야"),
        petition_class=petition_class,
        is_compound=False,
        computed_at=COMPUTED_AT,
        measures=given,
    )


def with_one_category(rows: Iterable[FactRow]) -> list[FactRow]:
    """The rows, and their sum as the only category of each month."""
    given = list(rows)
    months = {row.month for row in given}
    return given + [
        category("road", added_up(row for row in given if row.month == month), month=month)
        for month in sorted(months)
    ]


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same every time, on purpose


def some_month(chance: random.Random, *, month: date = OCTOBER, size: int = 4) -> list[FactRow]:
    """A month of a small office: about `size` bureaus; many counts are small."""
    cases = []
    for bureau in range(chance.randint(1, size)):
        for number in range(chance.randint(1, 4)):
            code = f"b{bureau}.d{number}"
            for kind in chance.sample(CLASSES, chance.randint(1, 3)):
                compound = kind == "statutory" and chance.random() < 0.4
                cases.append((code, kind, compound, _counts(chance)))
    rows = [
        department(code, given, month=month, petition_class=kind, is_compound=compound)
        for code, kind, compound, given in cases
    ]
    by_kind: dict[tuple[str, str], list[FactRow]] = {}
    for row in rows:
        code = chance.choice(("road", "tax", "welfare", "park"))
        by_kind.setdefault((code, row.petition_class), []).append(row)
    return rows + [
        category(code, added_up(found), month=month, petition_class=kind)
        for (code, kind), found in sorted(by_kind.items())
    ]


def _counts(chance: random.Random) -> dict[str, int]:
    most = chance.choice((2, 6, 15))
    closed = chance.randint(0, most)
    settled = chance.randint(max(0, closed - 2), closed)
    given = measures(
        received=chance.randint(0, most),
        closed=closed,
        settled=settled,
        rated=chance.randint(0, settled),
    )
    for item in SCORED_ITEMS:
        given[f"{item}_count"] = max(0, given["rated"] - chance.choice((0, 0, 0, 1)))
        given[f"{item}_sum"] = given[f"{item}_count"] * chance.randint(1, 5)
    return given


def hand_in(code: str, rows: Iterable[FactRow]) -> None:
    """Put these rows into a city's table of facts in the place of all that were there."""
    with serving_city(code):
        MonthFact.objects.all().delete()
        MonthFact.objects.bulk_create([_fact(row) for row in rows])


def _fact(row: FactRow) -> MonthFact:
    keys: dict[str, Any] = {
        "month": row.month,
        "slice": row.slice,
        "bureau_code": row.bureau[0],
        "bureau_name": row.bureau[1],
        "department_code": row.department[0],
        "department_name": row.department[1],
        "category_code": row.category[0],
        "category_name": row.category[1],
        "petition_class": row.petition_class,
        "is_compound": row.is_compound if row.slice == FactsSlice.DEPARTMENT else None,
        "computed_at": row.computed_at,
    }
    return MonthFact(**keys, **row.measures)


@contextmanager
def as_owner() -> Iterator[psycopg.Connection]:
    """One transaction of the owner of all tables."""
    with psycopg.connect(os.environ["SODAM_OWNER_DATABASE_URL"]) as owner:
        yield owner


@contextmanager
def unreadable(code: str) -> Iterator[None]:
    """Meanwhile the login rollup may not read this city's facts."""
    facts = f"SELECT ON {code}.core_kpis_monthfact"
    with as_owner() as owner:
        owner.execute(f"REVOKE {facts} FROM {rollup_role()}".encode())
    yield
    with as_owner() as owner:
        owner.execute(f"GRANT {facts} TO {rollup_role()}".encode())
