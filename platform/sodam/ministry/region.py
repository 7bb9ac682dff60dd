"""N5: one government, taken apart step by step; never down to a case or a person."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core_crm.national_reports import selectors
from core_crm.national_reports.types import CellRow, Slice
from sodam.ministry import parts, tables
from sodam.ministry.drill import (
    SLICES,
    Place,
    label_of,
    months_of,
    place_of,
    place_url,
    rows_of,
    slice_word,
)
from sodam.ministry.headlines import headlines_of
from sodam.ministry.lines import trend_lines, year_until
from sodam.ministry.marks import Mark
from sodam.ministry.overview import frame
from sodam.ministry.scene import Scene, scene_of
from sodam.ministry.wording import month_named
from sodam.ui.figures import Figure, figure_csv
from sodam.ui.platform_pages import platform_page
from tenants.context import serving_ministry
from tenants.models import Region
from tenants.selectors import region_unions


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way down; the last one is where one stands."""

    label: str
    url: str


@platform_page("analyst")
def region(request: HttpRequest, code: str) -> HttpResponse:
    """Its scorecard and one slice of its month. Unknown governments and cells: 404."""
    scene = scene_of(request, code=code)
    mark = scene.marks.selected if scene else None
    if scene is None or mark is None or mark.code != code:
        raise Http404
    place = place_of(request.GET)
    with serving_ministry():
        headlines = headlines_of(scene, code)
        bureau = _bureau(scene, code, place)
        figure, below = _figure(scene, code, place)
        trend = trend_lines(scene, [code, ""])
    if request.GET.get("format") == "csv":
        return figure_csv(f"{mark.name} {tables.file_name(scene, figure)}", figure)
    shown = frame(scene, "region")
    facts = {
        **shown,
        "filters": [one for one in shown["filters"] if one[0] != "peers"],
        "kept": [*shown["kept"], *place.fields],
        "mark": mark,
        "trend": None if below else tables.trend_figure(scene, trend, _unions(scene)),
        "headlines": headlines,
        "figure": figure,
        "slices": _slices(scene, code, place),
        "crumbs": _crumbs(scene, mark, place, bureau, below),
        "place": place,
        **_complete(scene, code, place),
    }
    return render(request, "ministry/region.html", facts)


def _unions(scene: Scene) -> list[Region]:
    return region_unions(since=year_until(scene.asked.month)[0], until=scene.asked.month)


def _bureau(scene: Scene, code: str, place: Place) -> CellRow | None:
    """The bureau whose departments are shown."""
    if place.slice != Slice.DEPARTMENT:
        return None
    found = selectors.region_crumbs(code, month=scene.asked.month, bureau=place.bureau)
    if found is None:
        raise Http404
    return found


def _figure(scene: Scene, code: str, place: Place) -> tuple[Figure, str]:
    """The rows of the slice, or the months of one cell with the cell's name."""
    if not place.key:
        return parts.slice_figure(scene, code, place, rows_of(scene, code, place)), ""
    months = months_of(scene, code, place)
    name = next((label_of(row) for _month, row in reversed(months) if row), "")
    if not name:
        raise Http404
    return parts.months_figure(scene, code, place, name, months), name


def _complete(scene: Scene, code: str, place: Place) -> dict[str, str]:
    """The last month that is over, offered where the running one has no parts."""
    month = scene.complete_until
    if month is None or not scene.is_running:
        return {}
    url = f"{scene.url('ministry_region', code, month=month)}&{place.query}"
    return {"complete_url": url, "complete_name": month_named(month)}


def _slices(scene: Scene, code: str, place: Place) -> list[tuple[str, str, bool]]:
    """(address, word, is shown) of each way to take the month apart."""
    shown = Slice.BUREAU if place.slice == Slice.DEPARTMENT else place.slice
    return [
        (place_url(scene, code, Place(each)), slice_word(each), each == shown) for each in SLICES
    ]


def _crumbs(
    scene: Scene, mark: Mark, place: Place, bureau: CellRow | None, cell: str
) -> list[Crumb]:
    top = Place(Slice.BUREAU if place.slice == Slice.DEPARTMENT else place.slice)
    crumbs = [
        Crumb(_("전국"), scene.url("ministry_overview", region=mark.code)),
        Crumb(mark.full_name, scene.url("ministry_region", mark.code)),
        Crumb(slice_word(top.slice), place_url(scene, mark.code, top)),
    ]
    if bureau is not None:
        below = Place(Slice.DEPARTMENT, place.bureau)
        crumbs.append(Crumb(label_of(bureau), place_url(scene, mark.code, below)))
    if cell:
        crumbs.append(Crumb(cell, ""))
    return [*crumbs[:-1], Crumb(crumbs[-1].label, "")]
