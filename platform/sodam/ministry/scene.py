"""What the pages of figures share: the question, its indicator, the governments' values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core_crm.kpis.selectors import indicator_list
from core_crm.kpis.types import Indicator
from core_crm.national_reports import selectors
from core_crm.national_reports.types import NationalRegionRow, RegionValue
from sodam.ministry import wording
from sodam.ministry.asked import KINDS, PEERS, Asked, asked_of
from sodam.ministry.marks import Marks, is_count, marks_of
from sodam.ui.words import date_time
from tenants.context import serving_ministry

FIELDS = ("month", "measure", "kind", "per", "peers")
"""What the bar of filters asks itself."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One view of one measure. `marks` are the governments of the group that was asked for."""

    asked: Asked
    indicator: Indicator
    indicators: tuple[Indicator, ...]
    months: tuple[date, ...]
    complete_until: date | None
    regions: tuple[NationalRegionRow, ...]
    values: tuple[RegionValue, ...]
    nation: RegionValue
    marks: Marks
    data_at: datetime | None

    @property
    def is_running(self) -> bool:
        """Is the month not over yet?"""
        return self.complete_until is None or self.asked.month > self.complete_until

    @property
    def is_per_thousand(self) -> bool:
        """Only counts are divided by residents, whatever the address asks."""
        return self.asked.is_per_thousand and is_count(self.indicator)

    @property
    def data_time(self) -> str:
        if self.data_at is None:
            return ""
        return _("자료 시각 %(at)s") % {"at": date_time(timezone.localtime(self.data_at))}

    @property
    def measure_name(self) -> str:
        """`접수 건수`, or with what it is divided by."""
        name = wording.labelled(self.indicator)
        return _("주민 천 명당 %(measure)s") % {"measure": name} if self.is_per_thousand else name

    @property
    def definition_url(self) -> str:
        return f"{reverse('ministry_definitions')}#{self.indicator.code}"

    def url(self, name: str, *parts: str, **changes: object) -> str:
        """Another page of this view."""
        return f"{reverse(name, args=parts)}?{self.asked.query(**changes)}"

    def csv_url(self, name: str, *parts: str) -> str:
        """The same rows as a file; every filter stays."""
        return f"{self.url(name, *parts, region=self.selected_code)}&format=csv"

    @property
    def selected_code(self) -> str:
        return self.marks.selected.code if self.marks.selected else ""


def scene_of(request: HttpRequest, *, code: str = "") -> Scene | None:
    """Read what is needed for the question in the address; None while there are no figures.

    `code`: the page is about this government. It is the selected one, among all governments.
    """
    indicators = tuple(indicator_list())
    with serving_ministry():
        months, regions = tuple(selectors.months()), tuple(selectors.regions())
        if not months or not indicators:
            return None
        complete = selectors.complete_until()
        asked = asked_of(
            request.GET,
            months=months,
            measures=[one.code for one in indicators],
            codes=[region.code for region in regions],
            default_month=complete or months[0],
        )
        asked = replace(asked, peers="", region=code) if code else asked
        indicator = next(one for one in indicators if one.code == asked.measure)
        values, nation = _values(indicator, asked)
        data_at = selectors.data_time()
    marks = marks_of(values, asked, indicator)
    return Scene(
        asked,
        indicator,
        indicators,
        months,
        complete,
        regions,
        tuple(values),
        nation,
        marks,
        data_at,
    )


def _values(indicator: Indicator, asked: Asked) -> tuple[Sequence[RegionValue], RegionValue]:
    by_residents = asked.is_per_thousand and is_count(indicator)
    values = selectors.region_values(
        indicator, month=asked.month, is_compound=asked.is_compound, per_thousand=by_residents
    )
    nation = selectors.national_value(
        indicator, month=asked.month, is_compound=asked.is_compound, per_thousand=by_residents
    )
    return values, nation


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter."""

    value: str
    label: str
    is_chosen: bool


def filters_of(scene: Scene) -> list[tuple[str, str, list[Choice]]]:
    """(field, label, options) of the bar above the figures."""
    asked = scene.asked
    months = [(f"{month:%Y-%m}", _month_label(scene, month)) for month in scene.months]
    kinds = zip(KINDS, (_("모두"), _("단순"), _("복합")), strict=True)
    per = [("", _("그대로")), ("1000", _("천 명당"))] if is_count(scene.indicator) else []
    peers = zip(PEERS, (_("모두"), _("특별·광역시"), _("도")), strict=True)
    measures = [(one.code, wording.labelled(one)) for one in scene.indicators]
    bar = [
        ("month", _("달"), months, f"{asked.month:%Y-%m}"),
        ("measure", _("지표"), measures, asked.measure),
        ("kind", _("단순·복합"), kinds, asked.kind),
        ("per", _("단위"), per, "1000" if asked.is_per_thousand else ""),
        ("peers", _("비교 집단"), peers, asked.peers),
    ]
    return [
        (field, label, [Choice(value, name, value == chosen) for value, name in options])
        for field, label, options, chosen in bar
        if options
    ]


def _month_label(scene: Scene, month: date) -> str:
    name = wording.month_named(month)
    is_over = scene.complete_until is not None and month <= scene.complete_until
    return name if is_over else _("%(month)s (진행 중)") % {"month": name}
