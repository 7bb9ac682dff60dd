"""How figures are written: numbers with their unit, measures in words, a formula with its sums."""

from __future__ import annotations

import re
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core_crm.common.formulas import round_half_up
from core_crm.kpis.types import Indicator, Measures
from sodam.ui.measures import measure_words
from sodam.ui.words import is_english

NOTHING = "–"
MINUTES_A_DAY = 480
"""하루 8시간: how processing times in days are counted (core_crm.calendars.used)."""

UNITS: dict[str, str | Promise] = {
    "점": gettext_lazy("%(sum)s점"),
    "건": gettext_lazy("%(count)s건"),
    "시간": gettext_lazy("%(count)s시간"),
    "일": gettext_lazy("%(count)s일"),
    "명": gettext_lazy("%(count)s명"),
}
NAME = re.compile(r"[a-z_][a-z_0-9]*(?:\.[a-z_0-9]+)*")
SIGNS = {"*": "×", "/": "÷", "-": "−"}


def label(indicator: Indicator) -> str:
    """Its name in the reader's language."""
    return indicator.label_en if is_english() else indicator.label


def description(indicator: Indicator) -> str:
    return indicator.description_en if is_english() else indicator.description


def source(indicator: Indicator) -> str:
    return indicator.source_en if is_english() else indicator.source


def unit(indicator: Indicator) -> str:
    """What stands behind a number."""
    if indicator.unit == "%":
        return "%"
    return str(UNITS[indicator.unit]) % {"sum": "", "count": ""}


def written(value: Fraction | None, indicator: Indicator, *, with_unit: bool = False) -> str:
    """`43.2`, with its unit `43.2%`; `–` where there is none."""
    if value is None:
        return NOTHING
    text = f"{round_half_up(value, indicator.decimals):,}"
    return f"{text}{unit(indicator)}" if with_unit else text


def plain(value: Fraction | None, indicator: Indicator) -> str:
    """As a file holds it: without separators."""
    return written(value, indicator).replace(",", "")


def target(indicator: Indicator) -> str:
    """`50%`, not `50.0%`; "" without one."""
    if indicator.target is None:
        return ""
    return f"{short(plain(indicator.target, indicator))}{unit(indicator)}"


def weight(indicator: Indicator) -> str:
    """`30`, `12.5`; "" where it does not count in a score."""
    return short(str(round_half_up(indicator.weight, 2))) if indicator.weight else ""


def edge(value: Fraction, indicator: Indicator) -> str:
    """A border as plainly as it can be written: `50`, `4.1`, `1,200`."""
    return short(written(value, indicator))


def short(text: str) -> str:
    """Without zeros that say nothing: `50.0` is `50`."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def distance(value: Fraction, indicator: Indicator) -> str:
    """How far two numbers lie apart, always positive; percentages in points (%p)."""
    points = "%p" if indicator.unit == "%" else unit(indicator)
    return f"{round_half_up(abs(value), indicator.decimals):,}{points}"


def measure_value(name: str, measures: Measures) -> str:
    """`128건`, `1,792.0일`, `45점`."""
    amount = measures.get(name, 0)
    if name.endswith("_minutes"):
        return _("%(days)s일") % {"days": _days(Fraction(amount, MINUTES_A_DAY))}
    if name.endswith("_sum"):
        return _("%(sum)s점") % {"sum": f"{amount:,}"}
    return _("%(count)s건") % {"count": f"{amount:,}"}


def average_days(name: str, measures: Measures) -> str:
    """Days for one case, of a sum of minutes; "" where there is no case."""
    cases = measures.get("settled", 0)
    if not name.endswith("_minutes") or not cases:
        return ""
    average = _days(Fraction(measures.get(name, 0), MINUTES_A_DAY * cases))
    return _("한 건에 %(days)s일") % {"days": average}


def _days(days: Fraction) -> str:
    return f"{round_half_up(days, 1):,}"


def names_of(indicator: Indicator) -> list[str]:
    """The measures of its formula, in the order in which it names them."""
    found = NAME.findall(indicator.formula_source)
    return list(dict.fromkeys(name for name in found if name in indicator.formula.names))


def formula_words(indicator: Indicator) -> str:
    """The formula with measures in words: `(1 − 걸린 처리기간 합 ÷ 법정 처리기간 합) × 100`."""
    return _told(indicator.formula_source, measure_words())


def formula_figures(indicator: Indicator, measures: Measures) -> str:
    """The formula with a cell's sums put in."""
    return _told(
        indicator.formula_source,
        {name: f"{measures[name]:,}" for name in names_of(indicator) if name in measures},
    )


def _told(formula: str, words: dict[str, str]) -> str:
    signs = re.sub(r"\s*([*/-])\s*", lambda sign: f" {SIGNS[sign[1]]} ", " ".join(formula.split()))
    named = {**words, "round": _("반올림")}
    return NAME.sub(lambda name: named.get(name[0], name[0]), signs)
