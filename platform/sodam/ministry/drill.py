"""The parts of one government's month: where one stands, what may be chosen, the rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from core_crm.national_reports import selectors
from core_crm.national_reports.types import CellRow, Slice
from sodam.ministry import lines
from sodam.ministry.scene import Scene
from sodam.ministry.wording import cases_text
from sodam.ui.words import is_english

BUSIEST = 3
SLICES = (Slice.BUREAU, Slice.CATEGORY, Slice.PETITION_CLASS, Slice.COMPOUND)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a government one stands: a slice, below a bureau, at one cell (`key`).

    The last step shows the months of one cell; below that are cases, which do not come here.
    """

    slice: Slice
    bureau: str = ""
    key: str = ""

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What of it stands in an address."""
        given = [("slice", self.slice.value), ("bureau", self.bureau), ("key", self.key)]
        return [(name, value) for name, value in given if value]

    @property
    def query(self) -> str:
        """To be joined to the address of the view."""
        return urlencode(self.fields)


def place_of(given: QueryDict) -> Place:
    """Read an address; an unknown slice is that of the bureaus."""
    names = {each.value: each for each in (*SLICES, Slice.DEPARTMENT)}
    chosen = names.get(given.get("slice", ""), Slice.BUREAU)
    bureau = given.get("bureau", "") if chosen == Slice.DEPARTMENT else ""
    if chosen == Slice.DEPARTMENT and not bureau:
        chosen = Slice.BUREAU
    return Place(chosen, bureau, given.get("key", ""))


def slice_word(slice_: Slice) -> str:
    """What the rows of a slice are."""
    words = {
        Slice.BUREAU: _("국"),
        Slice.DEPARTMENT: _("과"),
        Slice.CATEGORY: _("분야"),
        Slice.PETITION_CLASS: _("민원 종류"),
        Slice.COMPOUND: _("단순·복합"),
    }
    return words[slice_]


def label_of(row: CellRow) -> str:
    """The row's name in the reader's language."""
    return (row.label_en if is_english() else row.label_ko) or row.label_ko or _("미정")


def busiest(scene: Scene, code: str) -> list[tuple[str, str, str]]:
    """(name, count, address) of the three fields of which most was received."""
    rows = selectors.region_cells(code, month=scene.asked.month, slice=Slice.CATEGORY)
    shown = [row for row in rows if row.measures.get("received")][:BUSIEST]
    return [
        (
            label_of(row),
            cases_text(f"{row.measures['received']:,}"),
            place_url(scene, code, Place(Slice.CATEGORY, key=row.key)),
        )
        for row in shown
    ]


def place_url(scene: Scene, code: str, place: Place) -> str:
    """The address of a place in a government, in the view that is shown."""
    return f"{scene.url('ministry_region', code)}&{place.query}"


def rows_of(scene: Scene, code: str, place: Place) -> list[CellRow]:
    """The rows of the slice in the month that is shown."""
    return selectors.region_cells(
        code, month=scene.asked.month, slice=place.slice, parent=place.bureau
    )


def months_of(scene: Scene, code: str, place: Place) -> list[tuple[date, CellRow | None]]:
    """One cell over the year; None for a month that has no such cell."""
    return [(month, _cell(code, month, place)) for month in lines.year_until(scene.asked.month)]


def _cell(code: str, month: date, place: Place) -> CellRow | None:
    rows = selectors.region_cells(code, month=month, slice=place.slice, parent=place.bureau)
    return next((row for row in rows if row.key == place.key), None)
