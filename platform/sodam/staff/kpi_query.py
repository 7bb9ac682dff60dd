"""Which scorecard an address asks for: indicator, year, whose, which cases, and the chosen cell."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from core_crm.kpis.types import GridRow
from sodam.staff.labels import CLASSES
from sodam.ui.numbers import whole_number

LEVELS = ("bureau", "department", "official")
SPLITS = ("split", "all", "yes", "no")
VIEWS = ("table", "chart")
DEFAULTS = {"level": "department", "compound": "split", "view": "table"}
YEAR_MONTH = "year"
TOTAL = "total"
LAST_YEAR = 2100


@dataclass(frozen=True, slots=True)
class KpiQuery:
    """What is set. `compound`: `split` (rows of their own), `all` (together), `yes` or `no` only.

    `cell` is `row:month`, where a row is written by `row_key`, month is 1–12 or `year`.
    """

    indicator: str
    year: int
    bureau: str = ""
    compound: str = "split"
    petition_class: str = ""
    level: str = "department"
    view: str = "table"
    cell: str = ""

    @classmethod
    def of(cls, given: QueryDict, *, indicators: list[str], years: list[int]) -> KpiQuery:
        """Read an address; the unknown becomes the default: the first indicator, the last year."""
        wanted = given.get("indicator", "")
        year = whole_number(given.get("year", ""), most=LAST_YEAR)
        kind = given.get("petition_class", "")
        return cls(
            indicator=wanted if wanted in indicators else indicators[0],
            year=year if year in years else years[0],
            bureau=given.get("bureau", "")[:48],
            compound=_one_of(SPLITS, given.get("compound")),
            petition_class=kind if kind in CLASSES else "",
            level=_one_of(LEVELS, given.get("level"), "department"),
            view=_one_of(VIEWS, given.get("view")),
            cell=given.get("cell", "")[:160],
        )

    def url(self, *, name: str = "staff_kpi", **changes: Any) -> str:
        """The address with these changes; defaults are left out."""
        values = asdict(replace(self, **changes))
        kept = {key: value for key, value in values.items() if value not in ("", DEFAULTS.get(key))}
        return f"{reverse(name)}?{urlencode(kept)}"

    def cell_url(self, row: GridRow, month: int | None) -> str:
        """The address at which this cell is chosen; month None: the year."""
        return self.url(cell=f"{self.row_key(row)}:{month or YEAR_MONTH}")

    def row_key(self, row: GridRow) -> str:
        """What names a row in an address."""
        kind = {True: "c", False: "s", None: "a"}[row.is_compound]
        place = row.bureau_code if self.level == "bureau" else row.department_code
        person = str(row.officer_id) if row.officer_id else ""
        return ",".join((place or "-", person, kind))

    @property
    def chosen(self) -> tuple[str, int | None] | None:
        """The chosen row's key and month (None: the year); None when nothing is chosen."""
        key, colon, month = self.cell.rpartition(":")
        if not colon:
            return None
        if month == YEAR_MONTH:
            return key, None
        number = whole_number(month, most=12)
        return (key, number) if number else None

    def hidden(self, *names: str) -> dict[str, str]:
        """What a form with fields of its own must carry along: all but those, and the cell."""
        values = {key: str(value) for key, value in asdict(self).items()}
        return {
            key: value
            for key, value in values.items()
            if key not in {*names, "cell"} and value not in ("", DEFAULTS.get(key))
        }


def _one_of(known: tuple[str, ...], wanted: str | None, default: str = "") -> str:
    return wanted if wanted in known else default or known[0]
