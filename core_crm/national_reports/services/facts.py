"""One city's monthly facts, as the login `rollup` reads them, and the automatic checks on them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core_crm.kpis.types import MEASURES
from core_crm.kpis.types import Slice as FactsSlice
from tenants import sql

_READ = f"""
SELECT month, slice, bureau_code, bureau_name, department_code, department_name,
       category_code, category_name, petition_class, coalesce(is_compound, false) AS is_compound,
       computed_at, {", ".join(MEASURES)}
FROM {{schema}}.core_kpis_monthfact
WHERE slice IN ('{FactsSlice.DEPARTMENT}', '{FactsSlice.CATEGORY}')
ORDER BY month, slice, department_code, category_code, petition_class, is_compound
"""  # noqa: S608 - our own text


@dataclass(frozen=True, slots=True)
class FactRow:
    """The measures of a month's department (or category) in one class, simple or compound."""

    month: date
    slice: FactsSlice
    bureau: tuple[str, str]  # code and name
    department: tuple[str, str]
    category: tuple[str, str]
    petition_class: str
    is_compound: bool
    computed_at: datetime
    measures: Mapping[str, int]

    def line(self) -> str:
        """All it says but when it was computed: what a digest is made of."""
        keys = (self.month, self.slice, *self.bureau, *self.department, *self.category)
        told = (*keys, self.petition_class, self.is_compound)
        return "\x1f".join(map(str, (*told, *(self.measures[name] for name in MEASURES))))


def facts_of(code: str) -> list[FactRow]:
    """One statement. Raises DatabaseError when the city's table cannot be read now."""
    return [
        FactRow(
            month=row["month"],
            slice=FactsSlice(row["slice"]),
            bureau=(row["bureau_code"], row["bureau_name"]),
            department=(row["department_code"], row["department_name"]),
            category=(row["category_code"], row["category_name"]),
            petition_class=row["petition_class"],
            is_compound=row["is_compound"],
            computed_at=row["computed_at"],
            measures={name: row[name] for name in MEASURES},
        )
        for row in sql.rows(sql.in_schema(_READ, code))
    ]


def by_month(facts: Iterable[FactRow]) -> dict[date, list[FactRow]]:
    """Month -> its rows, the oldest month first."""
    found: dict[date, list[FactRow]] = defaultdict(list)
    for row in facts:
        found[row.month].append(row)
    return dict(sorted(found.items()))


def digest_of(facts: Iterable[FactRow]) -> str:
    """SHA-256 (hex) of what these rows say."""
    return hashlib.sha256("\n".join(row.line() for row in facts).encode()).hexdigest()


def added_up(rows: Iterable[FactRow]) -> dict[str, int]:
    """Each measure summed over the rows."""
    sums = dict.fromkeys(MEASURES, 0)
    for row in rows:
        for name, value in row.measures.items():
            sums[name] += value
    return sums


def parted(rows: Sequence[FactRow], what: FactsSlice) -> list[FactRow]:
    """The rows of one of the two slices."""
    return [row for row in rows if row.slice == what]
