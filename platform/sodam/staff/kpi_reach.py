"""Whose figures an official may see, and which cases open from them.

Figures of departments are open to everybody with the right to scores. Those of single officials
are not a league table: a head sees the own department's, an officer only the own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from core_crm.kpis.selectors import kpi_grid
from core_crm.kpis.types import Grid, GridRow, Indicator, Level
from core_crm.staff.selectors import department_list, departments_under
from core_crm.staff.types import DepartmentKind, Right
from sodam.staff.access import Seat
from sodam.staff.kpi_query import KpiQuery


@dataclass(frozen=True, slots=True)
class Reach:
    """What this official may see. `own` are the codes of the own department and all below."""

    sees_all: bool
    sees_officials: bool
    own: frozenset[str]
    official: Seat

    @classmethod
    def of(cls, official: Seat) -> Reach:
        own: Iterable[str] = ()
        if official.department is not None:
            ids = departments_under(official.department)
            own = department_list().filter(id__in=ids).values_list("code", flat=True)
        return cls(
            sees_all=official.has(Right.VOICE_VIEW_ALL),
            sees_officials=official.has(Right.SCORE_VIEW_OFFICIALS),
            own=frozenset(own),
            official=official,
        )

    @property
    def has_official_level(self) -> bool:
        """Everybody with a department has at least a row of their own."""
        return bool(self.own) or (self.sees_all and self.sees_officials)

    def within(self, query: KpiQuery, *, bureaus: list[str]) -> KpiQuery:
        """The query as this official may ask it."""
        if query.level != Level.OFFICIAL:
            return query
        if not self.has_official_level:
            return replace(query, level=str(Level.DEPARTMENT))
        if self.sees_all and self.sees_officials:
            return replace(query, bureau=query.bureau or next(iter(bureaus), ""))
        return replace(query, bureau="")

    def opens(self, row: GridRow, query: KpiQuery) -> bool:
        """May this official read all cases behind the row?"""
        if self.sees_all or (row.officer_id and row.officer_id == self.official.id):
            return True
        return (row.department_code or row.bureau_code or query.bureau) in self.own

    def place(self, query: KpiQuery) -> dict[str, str]:
        """Bureau and department the grid is asked for."""
        if query.level != Level.OFFICIAL or (self.sees_all and self.sees_officials):
            return {"bureau": query.bureau}
        own = self.official.department
        return {"bureau" if own.kind == DepartmentKind.BUREAU else "department": own.code}

    def shows(self, row: GridRow, query: KpiQuery) -> bool:
        """An officer's own row, where others are not theirs to see."""
        is_open = query.level != Level.OFFICIAL or self.sees_officials
        return is_open or row.officer_id == self.official.id


def grid_for(reach: Reach, query: KpiQuery, *, indicator: Indicator, now: datetime) -> Grid:
    """The grid of this query, with the rows that this official may see."""
    grid = kpi_grid(
        indicator,
        year=query.year,
        now=now,
        level=query.level,
        compound={"yes": True, "no": False}.get(query.compound),
        by_compound=query.compound != "all",
        petition_class=query.petition_class,
        **reach.place(query),
    )
    return replace(grid, rows=tuple(row for row in grid.rows if reach.shows(row, query)))
