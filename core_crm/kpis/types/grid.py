"""The paper's monthly grid of one indicator: bureau, department, simple or compound, 12 months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from core_crm.kpis.types.indicators import Indicator
from core_crm.kpis.types.measures import Measures


class Level(StrEnum):
    """Whom a row of the grid stands for."""

    BUREAU = "bureau"
    DEPARTMENT = "department"
    OFFICIAL = "official"


class CellState(StrEnum):
    """Why a cell has its number, or none. Only `known` and `running` have one."""

    KNOWN = "known"
    RUNNING = "running"  # the month (or year) is not over: the number will still change
    FUTURE = "future"
    NO_CASES = "no_cases"
    TOO_FEW = "too_few"  # cases there are, but a number would tell who said what
    BEFORE_START = "before_start"  # the city kept no records with us then


@dataclass(frozen=True, slots=True)
class Cell:
    """One month of one row; `month` None is the whole year.

    `base` counts the cases behind the number. `measures` are the sums it was made of: all of them,
    but while a number is held back (`too_few`) only `base` itself.
    """

    month: date | None
    state: CellState
    value: Fraction | None
    base: int
    measures: Measures


@dataclass(frozen=True, slots=True)
class GridRow:
    """A bureau, department or official over a year. What does not apply is empty or None.

    `is_compound` None: simple and compound together.
    """

    bureau_code: str
    bureau_name: str
    department_code: str
    department_name: str
    officer_id: UUID | None
    officer_name: str
    is_compound: bool | None
    cells: tuple[Cell, ...]
    year: Cell


@dataclass(frozen=True, slots=True)
class Grid:
    """All rows of a year, and their total; `computed_at` is the time of the data."""

    indicator: Indicator
    year: int
    months: tuple[date, ...]
    rows: tuple[GridRow, ...]
    total: GridRow
    computed_at: datetime | None
