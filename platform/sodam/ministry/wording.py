"""How figures and governments are written, in Korean and in English."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from core_crm.common.formulas import round_half_up
from core_crm.kpis.types import Direction, Indicator
from sodam.ui.words import is_english, particle

__all__ = [
    "aimed",
    "better_way",
    "cases_text",
    "difference_unit",
    "is_english",
    "labelled",
    "month_named",
    "month_short",
    "number",
    "valued",
    "with_particle",
    "with_unit",
]

NO_DATA = "–"


def labelled(indicator: Indicator) -> str:
    """The indicator's name in the reader's language."""
    return indicator.label_en if is_english() else indicator.label


def with_particle(name: str, pair: str) -> str:
    """`부산이`; English has no particles."""
    return name if is_english() else f"{name}{particle(name, pair)}"


def number(value: Fraction | None, decimals: int) -> str:
    """`20,118`, `57.4`; a dash where there is nothing."""
    return NO_DATA if value is None else f"{round_half_up(value, decimals):,}"


def with_unit(text: str, unit: str) -> str:
    """`57.4%`, `4.30점`, `20,118건`; English writes the plain number of points and cases."""
    if text == NO_DATA:
        return text
    if unit == "%":
        return f"{text}%"
    return text if is_english() else f"{text}{unit}"


def valued(value: Fraction | None, indicator: Indicator) -> str:
    """A value with its unit, as the indicator wants it written."""
    return with_unit(number(value, indicator.decimals), indicator.unit)


def aimed(target: Fraction, indicator: Indicator) -> str:
    """A target with its unit, without decimals that say nothing: `50%`, `4.25점`."""
    text = number(target, indicator.decimals)
    bare = text.rstrip("0").rstrip(".") if "." in text else text
    return with_unit(bare, indicator.unit)


def difference_unit(unit: str) -> str:
    """Differences of percentages are percentage points."""
    if unit == "%":
        return "pp" if is_english() else "%p"
    return "" if is_english() else unit


def month_named(month: date) -> str:
    """`2026년 10월` / `October 2026`."""
    return f"{month:%B %Y}" if is_english() else f"{month.year}년 {month.month}월"


def month_short(month: date) -> str:
    """`26. 1` / `Jan 26`: an axis' label and a column's heading."""
    return f"{month:%b %y}" if is_english() else f"{month:%y}. {month.month}"


def cases_text(count: str) -> str:
    """`1,204건` / `1,204 cases`, of a number already written."""
    return _("%(count)s건") % {"count": count}


def better_way(direction: Direction) -> str:
    """Which way is better, in words."""
    words = {
        Direction.HIGHER: _("높을수록 좋음"),
        Direction.LOWER: _("낮을수록 좋음"),
        Direction.NONE: _("좋고 나쁨이 없음"),
    }
    return words[direction]
