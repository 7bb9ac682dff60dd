"""The months of one measure: who stands in the trend, and small lines beside headline figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from core_crm.national_reports import selectors
from core_crm.national_reports.types import TrendLine
from sodam.ministry.asked import MOST_COMPARED
from sodam.ministry.scene import Scene

MONTHS = 12
SPARK_WIDTH, SPARK_HEIGHT, MARGIN = 72, 28, 4


def codes_of(scene: Scene) -> list[str]:
    """The selected government, those compared with it (five together at most), and the nation."""
    chosen = [scene.selected_code, *scene.asked.compared]
    known = [code for code in dict.fromkeys(chosen) if code]
    return [*known[:MOST_COMPARED], ""]


def trend_lines(scene: Scene, codes: Sequence[str]) -> list[TrendLine]:
    """A year up to the month that is shown, in the measure that is shown."""
    lines = selectors.trend(
        scene.indicator,
        codes=codes,
        until=scene.asked.month,
        months=MONTHS,
        is_compound=scene.asked.is_compound,
    )
    if not scene.is_per_thousand:
        return lines
    residents = {region.code: region.residents for region in scene.regions}
    residents[""] = scene.nation.residents
    return [_by_residents(line, residents.get(line.code)) for line in lines]


def _by_residents(line: TrendLine, residents: int | None) -> TrendLine:
    """Counts per 1,000 of today's residents; without a count of residents there is no value."""
    points = (
        replace(
            point,
            value=point.value * 1000 / residents if point.value is not None and residents else None,
        )
        for point in line.points
    )
    return replace(line, points=tuple(points))


def spark(values: Sequence[Fraction | None]) -> tuple[str, tuple[float, float] | None]:
    """Points of a polyline in a box of 72 by 28, and where it ends; months without a value are
    passed over, for a line this small says only which way it goes."""
    known = [(n, value) for n, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return "", None
    low, high = min(value for _n, value in known), max(value for _n, value in known)
    drawn = [(_across(n, len(values)), _down(value, low, high)) for n, value in known]
    return " ".join(f"{x:g},{y:g}" for x, y in drawn), drawn[-1]


def _across(n: int, count: int) -> float:
    return round(MARGIN / 2 + n * (SPARK_WIDTH - MARGIN) / (count - 1), 1)


def _down(value: Fraction, low: Fraction, high: Fraction) -> float:
    part = float((value - low) / (high - low)) if high > low else 0.5
    return round(SPARK_HEIGHT - MARGIN - part * (SPARK_HEIGHT - 2 * MARGIN), 1)


def year_until(month: date) -> list[date]:
    """The twelve months that end with this one, oldest first."""
    last = month.year * 12 + month.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(last - MONTHS + 1, last + 1)]
