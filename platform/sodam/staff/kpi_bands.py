"""How strongly a cell of the grid is coloured, and what the legend says of it.

With a target the one mark (▼) means one thing: the target was missed. Colour says how far: far from
it framed in red, near it grey, beyond it ever bluer. Without a target only the size is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from core_crm.common.formulas import round_half_up
from core_crm.kpis.types import Cell, Direction, Indicator
from sodam.staff import kpi_words as words

NEAR = Fraction(4, 5)
"""Of a target: below this share of it, it was missed by far."""
SHADES = ("l2", "l3", "l4")
PLAIN_SHADES = ("l1", "l2", "l3", "l4")


@dataclass(frozen=True, slots=True)
class Band:
    """Numbers from `low` up to, not including, the next band's; None: no end."""

    css: str
    low: Fraction | None
    word: str
    is_missed: bool = False


def bands_of(indicator: Indicator, values: Iterable[Fraction]) -> list[Band]:
    """The bands of a grid with these numbers, from the lowest; none without numbers."""
    known = sorted(values)
    if not known:
        return []
    if indicator.target is not None and indicator.direction == Direction.HIGHER:
        return _of_target(indicator, indicator.target, known[-1])
    if known[0] == known[-1]:
        return [Band("l2", None, words.written(known[0], indicator))]
    lowest, *others = _steps(indicator, known[0], known[-1], PLAIN_SHADES)
    return _worded(indicator, [Band(lowest.css, None, ""), *others])


def band_of(bands: list[Band], value: Fraction) -> Band | None:
    """The highest band that begins at or below the number."""
    fitting = [band for band in bands if band.low is None or value >= band.low]
    return fitting[-1] if fitting else None


def values_of(cells: Iterable[Cell]) -> list[Fraction]:
    return [cell.value for cell in cells if cell.value is not None]


def _of_target(indicator: Indicator, target: Fraction, most: Fraction) -> list[Band]:
    near = _rounded(indicator, target * NEAR)
    missed = [Band("low", None, "", is_missed=True), Band("l1", near, "", is_missed=True)]
    if most <= target:
        return _worded(indicator, [*missed, Band(SHADES[0], target, "")])
    return _worded(indicator, [*missed, *_steps(indicator, target, most, SHADES)])


def _steps(
    indicator: Indicator, low: Fraction, high: Fraction, shades: tuple[str, ...]
) -> list[Band]:
    """Equal steps from `low` itself, each later one beginning at a plain number above it."""
    width = (high - low) / len(shades)
    found = {low: shades[0]}
    for place, css in enumerate(shades[1:], start=1):
        start = _rounded(indicator, low + width * place)
        if start > max(found):
            found[start] = css
    return [Band(css, start, "") for start, css in found.items()]


def _rounded(indicator: Indicator, value: Fraction) -> Fraction:
    return Fraction(round_half_up(value, 0 if indicator.unit != "점" else 1))


def _worded(indicator: Indicator, bands: list[Band]) -> list[Band]:
    """Each with its range in words, from its neighbours."""
    ends = [band.low for band in bands[1:]] + [None]
    return [
        Band(band.css, band.low, _range(indicator, band.low, end), band.is_missed)
        for band, end in zip(bands, ends, strict=True)
    ]


def _range(indicator: Indicator, low: Fraction | None, end: Fraction | None) -> str:
    edges = {
        name: words.edge(value, indicator)
        for name, value in (("low", low), ("end", end))
        if value is not None
    }
    if end is None:
        return _("%(low)s 이상") % edges
    if low is None:
        return _("%(end)s 미만") % edges
    return _("%(low)s–%(end)s 미만") % edges
