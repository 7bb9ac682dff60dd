"""The six measures at the head of the overview, for the nation and for the selected government."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from core_crm.kpis.types import Direction, Indicator
from core_crm.national_reports import selectors
from core_crm.national_reports.types import TrendLine, TrendPoint
from sodam.ministry import wording
from sodam.ministry.lines import MONTHS, spark
from sodam.ministry.marks import is_count, telling_decimals, why_no_value
from sodam.ministry.scene import Scene
from sodam.ministry.tables import changed

CODES = ("reduction", "on_time", "satisfaction", "received", "response_rate", "unable_rate")


@dataclass(frozen=True, slots=True)
class Said:
    """A value as it is shown: its number, unit, change and tone (better, worse or "")."""

    text: str
    unit: str
    change: str
    is_alike: bool
    tone: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class Headline:
    """One measure: the nation's value with its year as a small line, the government's beside it."""

    code: str
    label: str
    query: str
    is_shown: bool
    nation: Said
    chosen: Said
    target: str
    is_reached: bool | None
    spark_points: str
    spark_end: tuple[float, float] | None
    per_thousand: str


def headlines_of(scene: Scene, code: str) -> list[Headline]:
    """In the order of `CODES`; those that the standard does not define are left out."""
    by_code = {one.code: one for one in scene.indicators}
    return [_headline(scene, by_code[each], code) for each in CODES if each in by_code]


def _headline(scene: Scene, indicator: Indicator, code: str) -> Headline:
    lines = selectors.trend(
        indicator,
        codes=["", code] if code else [""],
        until=scene.asked.month,
        months=MONTHS,
        is_compound=scene.asked.is_compound,
    )
    values = [point.value for point in lines[0].points]
    points, end = spark(values)
    last = values[-1]
    return Headline(
        code=indicator.code,
        label=wording.labelled(indicator),
        query=scene.asked.query(measure=indicator.code),
        is_shown=indicator.code == scene.indicator.code,
        nation=said(lines[0].points, indicator),
        chosen=said(lines[-1].points, indicator),
        target="" if indicator.target is None else wording.aimed(indicator.target, indicator),
        is_reached=None if last is None else indicator.meets_target(last),
        spark_points=points,
        spark_end=end,
        per_thousand=_per_thousand(scene, indicator, lines[0]),
    )


def said(points: tuple[TrendPoint, ...], indicator: Indicator) -> Said:
    """The last of these months, and how it changed from the one before."""
    last, before = points[-1], points[-2]
    if last.value is None:
        return Said(why_no_value(last.state, indicator.fewest), "", "", False, "", False)
    change = None if before.value is None else last.value - before.value
    text = wording.number(last.value, indicator.decimals)
    unit = wording.with_unit("", indicator.unit)
    written, is_alike = _change(change, indicator)
    return Said(text, unit, written, is_alike, tone_of(change, indicator.direction), True)


def _change(change: Fraction | None, indicator: Indicator) -> tuple[str, bool]:
    """The change with its sign and unit, or that there is none to be seen."""
    written = "" if change is None else changed(change, indicator.decimals)
    if written[:1] not in {"▲", "▼"}:
        return "", change is not None
    return written + wording.difference_unit(indicator.unit), False


def tone_of(change: Fraction | None, direction: Direction) -> str:
    """`up` for the better, `down` for the worse; nothing where neither is better."""
    if not change or direction == Direction.NONE:
        return ""
    return "up" if (change > 0) == (direction == Direction.HIGHER) else "down"


def _per_thousand(scene: Scene, indicator: Indicator, nation: TrendLine) -> str:
    if not is_count(indicator) or nation.points[-1].value is None:
        return ""
    value = selectors.national_value(
        indicator, month=scene.asked.month, is_compound=scene.asked.is_compound, per_thousand=True
    ).value
    if value is None:
        return ""
    text = wording.number(value, telling_decimals(value))
    return _("천 명당 %(count)s") % {"count": wording.cases_text(text)}
