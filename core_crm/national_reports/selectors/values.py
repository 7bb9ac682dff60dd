"""One indicator over all regions: value, rank and change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from core_crm.kpis.types import Direction, Indicator
from core_crm.national_reports.models import NationalCell
from core_crm.national_reports.selectors.measures import hidden_of, region_totals, shown
from core_crm.national_reports.selectors.regions import regions
from core_crm.national_reports.types import (
    Family,
    Figure,
    NationalRegionRow,
    RegionValue,
    ValueState,
    figure_of,
)
from tenants.context import serving_ministry

NATION = NationalRegionRow("", "전국", "Nation", "전국", 0, None, None, "open")


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown of a region's month. Nothing at all: nothing was received."""

    measures: Mapping[str, int]
    hidden: frozenset[Family] = frozenset()
    regions: int = 1


NOTHING = Shown({}, frozenset(), 0)


def shown_of(cell: NationalCell | None) -> Shown:
    return Shown(shown(cell), hidden_of(cell)) if cell else NOTHING


def month_before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def region_values(
    indicator: Indicator,
    *,
    month: date,
    is_compound: bool | None = None,
    per_thousand: bool = False,
) -> list[RegionValue]:
    """This indicator of every region of today, in the customary order; equals share a rank.

    `per_thousand` divides by the residents (a count per 1,000 of them; a region whose residents
    are not known is `missing`). The change is in the same measure as the value.
    """
    with serving_ministry():
        all_regions = regions()
        cells = region_totals(months=(month, month_before(month)), is_compound=is_compound)
    values = [
        region_value(
            indicator,
            region,
            shown_of(cells.get((region.code, month))),
            shown_of(cells.get((region.code, month_before(month)))),
            per_thousand=per_thousand,
        )
        for region in all_regions
    ]
    return ranked(values, indicator.direction)


def national_value(
    indicator: Indicator,
    *,
    month: date,
    is_compound: bool | None = None,
    per_thousand: bool = False,
) -> RegionValue:
    """The indicator over all regions together; `regions` says how many are in it.

    It is the sum of what the regions show, so that it tells nothing about a hidden one: a region
    that hides what the indicator is made of is not in it.
    """
    with serving_ministry():
        all_regions = regions()
        cells = region_totals(months=(month, month_before(month)), is_compound=is_compound)
    now = nation_of(indicator, [cells.get((row.code, month)) for row in all_regions])
    before = nation_of(
        indicator, [cells.get((row.code, month_before(month))) for row in all_regions]
    )
    counted = [row for row in all_regions if _is_in(indicator, cells.get((row.code, month)))]
    nation = replace(NATION, residents=_residents(counted))
    return region_value(indicator, nation, now, before, per_thousand=per_thousand)


def nation_of(indicator: Indicator, cells: Sequence[NationalCell | None]) -> Shown:
    """The sum over the regions that show all this indicator is made of."""
    counted = [shown(cell) for cell in cells if cell and _is_in(indicator, cell)]
    if not counted:
        return NOTHING
    names = needed(indicator)
    return Shown(
        {name: sum(each[name] for each in counted) for name in names}, regions=len(counted)
    )


def needed(indicator: Indicator) -> frozenset[str]:
    """The measures that the indicator is made of."""
    return indicator.formula.names | {indicator.base}


def _is_in(indicator: Indicator, cell: NationalCell | None) -> bool:
    return cell is not None and needed(indicator) <= shown(cell).keys()


def _residents(counted: Iterable[NationalRegionRow]) -> int | None:
    known = [row.residents for row in counted]
    return sum(each for each in known if each) if known and all(known) else None


def region_value(
    indicator: Indicator,
    region: NationalRegionRow,
    now: Shown,
    before: Shown,
    *,
    per_thousand: bool,
) -> RegionValue:
    """One region's figure and its change from the month before; not ranked yet."""
    figure = _scaled(figure_of(indicator, now.measures, now.hidden), region, per_thousand)
    past = _scaled(figure_of(indicator, before.measures, before.hidden), region, per_thousand)
    value, earlier = figure.value, past.value
    return RegionValue(
        code=region.code,
        name_ko=region.name_ko,
        name_en=region.name_en,
        short_name_ko=region.short_name_ko,
        sort=region.sort,
        residents=region.residents,
        state=figure.state,
        value=value,
        base=figure.base,
        rank=None,
        change=None if value is None or earlier is None else value - earlier,
        measures=now.measures,
        regions=now.regions,
    )


def _scaled(figure: Figure, region: NationalRegionRow, per_thousand: bool) -> Figure:
    if not per_thousand or figure.value is None:
        return figure
    if not region.residents:
        return Figure(ValueState.MISSING)
    return replace(figure, value=figure.value * 1000 / region.residents)


def ranked(values: Sequence[RegionValue], direction: Direction) -> list[RegionValue]:
    """With ranks 1, 2, 2, 4 …; where no direction is better the highest comes first."""
    sign = -1 if direction == Direction.LOWER else 1
    found = [value.value * sign for value in values if value.value is not None]
    return [replace(value, rank=_rank(value.value, sign, found)) for value in values]


def _rank(value: Fraction | None, sign: int, found: Sequence[Fraction]) -> int | None:
    return None if value is None else 1 + sum(other > value * sign for other in found)
