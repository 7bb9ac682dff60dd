"""The views of one set of marks: squares, the drawing, and the legend of its classes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from sodam.ministry import wording
from sodam.ministry.drawing import Inset, Unit, drawing
from sodam.ministry.marks import Mark, Marks
from sodam.ui.words import is_english


@dataclass(frozen=True, slots=True)
class Land:
    """One government on the map."""

    unit: Unit
    mark: Mark
    insets: tuple[Inset, ...]

    @property
    def inset_titles(self) -> list[tuple[Inset, str]]:
        return [(one, one.title_en if is_english() else one.title_ko) for one in self.insets]


@dataclass(frozen=True, slots=True)
class Picture:
    """The map: all governments of its date; those outside the group stand there without a mark."""

    width: int
    height: int
    lands: tuple[Land, ...]
    others: tuple[Unit, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One square; `place` is the class name of its column and row."""

    mark: Mark
    place: str


def picture_of(marks: Marks) -> Picture:
    map_, by_code = drawing(), {mark.code: mark for mark in marks.rows}
    lands = [
        Land(unit, by_code[code], tuple(one for one in map_.insets if one.code == code))
        for code, unit in map_.units.items()
        if code in by_code
    ]
    others = tuple(unit for code, unit in map_.units.items() if code not in by_code)
    source = map_.source_en if is_english() else map_.source_ko
    return Picture(map_.width, map_.height, tuple(lands), others, source)


def tiles_of(marks: Marks) -> list[Tile]:
    """Squares in reading order; a government that the map does not know follows at the end."""
    units = drawing().units
    placed = [(units[mark.code].tile[::-1], mark) for mark in marks.rows if mark.code in units]
    unplaced = [Tile(mark, "") for mark in marks.rows if mark.code not in units]
    placed.sort(key=lambda one: one[0])
    return [Tile(mark, f"c{column} r{row}") for (row, column), mark in placed] + unplaced


def legend_of(marks: Marks) -> list[tuple[str, str]]:
    """(tone, range) of each class that is in use, then of what has no class but occurs."""
    bounds = [wording.number(bound, marks.decimals) for bound in marks.scale.bounds]
    entries: list[tuple[str, str]] = []
    if bounds:
        entries.append(("q1", _("%(bound)s 미만") % {"bound": bounds[0]}))
        middle = pairwise(bounds)
        entries += [(f"q{n}", f"{low}–{high}") for n, (low, high) in enumerate(middle, start=2)]
        entries.append(("q5", _("%(bound)s 이상") % {"bound": bounds[-1]}))
    tones = {mark.tone for mark in marks.rows}
    if any(mark.is_small for mark in marks.rows):
        entries.append(("small", _("표본 작음")))
    if "kept" in tones:
        entries.append(("kept", _("보호·해당 없음")))
    if "na" in tones:
        entries.append(("na", _("미제출")))
    return entries
