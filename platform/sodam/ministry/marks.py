"""One government as tile, map, ranking and table show it: the same words and class everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from core_crm.kpis.types import Direction, Indicator
from core_crm.national_reports.types import RegionValue, ValueState
from sodam.ministry import wording
from sodam.ministry.asked import Asked
from sodam.ministry.scale import Scale, scale_of
from sodam.ui.words import is_english

SMALL_SAMPLE = 30
"""Fewer cases than this say little about a month: shown, but hatched and named (a rule of thumb of
statistics, our choice; it hides nothing)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One government, ready to be shown. `tone`: q1–q5 by class, or why there is no class.

    `share` is the length of its bar from 0 to 100; `rank` is among those shown, ties alike.
    """

    code: str
    name: str
    full_name: str
    text: str
    unit: str
    tone: str
    share: int
    rank: int | None
    is_tied: bool
    is_small: bool
    is_selected: bool
    base: int | None
    change: Fraction | None
    value: Fraction | None
    query: str
    spoken: str

    @property
    def unit_text(self) -> str:
        """The unit as it stands behind the number, where it is written."""
        return wording.with_unit("", self.unit) if self.unit else ""


@dataclass(frozen=True, slots=True)
class Marks:
    """All governments shown, in the customary order, and what orders and colours them."""

    rows: tuple[Mark, ...]
    scale: Scale
    decimals: int
    unit: str

    @property
    def ranked(self) -> tuple[Mark, ...]:
        """Best first (largest first where none is better); those without a value at the end."""
        return tuple(sorted(self.rows, key=lambda one: (one.rank is None, one.rank or 0)))

    @property
    def selected(self) -> Mark | None:
        return next((one for one in self.rows if one.is_selected), None)

    @property
    def known(self) -> int:
        return sum(one.value is not None for one in self.rows)


def marks_of(values: Sequence[RegionValue], asked: Asked, indicator: Indicator) -> Marks:
    """The governments of the group that was asked for; exactly one is selected if any is there."""
    shown = [one for one in values if is_peer(one, asked.peers)]
    known = [one.value for one in shown if one.value is not None]
    unit, decimals = unit_of(known, asked, indicator)
    scale = scale_of(known, decimals=decimals)
    ranks = _ranks(shown, indicator.direction)
    chosen = _chosen(shown, ranks, asked.region)
    largest = max((abs(value) for value in known), default=Fraction(0))
    drawn = _Drawn(asked, indicator.fewest, unit, decimals, scale, ranks, chosen, largest)
    return Marks(tuple(drawn.mark(one) for one in shown), scale, decimals, unit)


def is_peer(one: RegionValue, peers: str) -> bool:
    """Does it belong to the group? By law a government is a city (…시) or a province (…도)."""
    ending = {"city": "시", "province": "도"}.get(peers, "")
    return one.name_ko.endswith(ending)


def unit_of(values: Sequence[Fraction], asked: Asked, indicator: Indicator) -> tuple[str, int]:
    """The unit and decimals of what is shown. Counts per thousand need two telling digits."""
    if not (asked.is_per_thousand and is_count(indicator)):
        return indicator.unit, indicator.decimals
    return indicator.unit, telling_decimals(max(values, default=Fraction(1)))


def telling_decimals(largest: Fraction) -> int:
    """As many decimals (1–3) as show two telling digits of the largest value."""
    return next((n for n in (1, 2, 3) if largest * 10**n >= 10), 3)


def is_count(indicator: Indicator) -> bool:
    """Only counts grow with the number of residents."""
    return indicator.unit == "건"


def why_no_value(state: ValueState, fewest: int) -> str:
    """In words, where a value would stand; never 0."""
    words = {
        ValueState.MISSING: _("미제출"),
        ValueState.NO_CASES: _("해당 없음"),
        ValueState.TOO_FEW: _("%(count)s건 미만") % {"count": fewest},
        ValueState.HIDDEN: _("5 미만 보호"),
    }
    return words.get(state, wording.NO_DATA)


def _ranks(shown: Sequence[RegionValue], direction: Direction) -> dict[str, int]:
    """Code -> rank among those shown; equals share one, and the next is left out."""
    sign = -1 if direction == Direction.LOWER else 1
    scores = {one.code: one.value * sign for one in shown if one.value is not None}
    return {
        code: 1 + sum(other > score for other in scores.values()) for code, score in scores.items()
    }


def _chosen(shown: Sequence[RegionValue], ranks: dict[str, int], region: str) -> str:
    codes = [one.code for one in shown]
    if region in codes:
        return region
    first = min(ranks, key=lambda code: ranks[code], default="")
    return first or next(iter(codes), "")


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What all marks of one view have in common."""

    asked: Asked
    fewest: int
    unit: str
    decimals: int
    scale: Scale
    ranks: dict[str, int]
    chosen: str
    largest: Fraction

    def mark(self, one: RegionValue) -> Mark:
        rank = self.ranks.get(one.code)
        is_small = one.value is not None and one.base is not None and one.base < SMALL_SAMPLE
        text = self._text(one)
        return Mark(
            code=one.code,
            name=one.name_en if is_english() else one.short_name_ko,
            full_name=one.name_en if is_english() else one.name_ko,
            text=text,
            unit=self.unit if one.value is not None else "",
            tone=self._tone(one),
            share=int(abs(one.value) * 100 / self.largest) if one.value and self.largest else 0,
            rank=rank,
            is_tied=list(self.ranks.values()).count(rank or 0) > 1,
            is_small=is_small,
            is_selected=one.code == self.chosen,
            base=one.base,
            change=one.change,
            value=one.value,
            query=self.asked.query(region=one.code),
            spoken=self._spoken(one, text, is_small=is_small),
        )

    def _text(self, one: RegionValue) -> str:
        if one.value is None:
            return why_no_value(one.state, self.fewest)
        return wording.number(one.value, self.decimals)

    def _tone(self, one: RegionValue) -> str:
        if one.value is not None:
            return f"q{self.scale.class_of(one.value)}"
        return "na" if one.state == ValueState.MISSING else "kept"

    def _spoken(self, one: RegionValue, text: str, *, is_small: bool) -> str:
        """Name, value and rank, as a screen reader says the link; it begins with what is seen."""
        name = one.name_en if is_english() else one.short_name_ko
        if one.value is None:
            return f"{name}, {text}"
        facts = {"rank": self.ranks[one.code], "total": len(self.ranks)}
        said = [
            name,
            wording.with_unit(text, self.unit),
            _("%(total)s곳 가운데 %(rank)s위") % facts,
        ]
        return ", ".join([*said, _("표본 작음")] if is_small else said)
