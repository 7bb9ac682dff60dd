"""N1: the nation at a glance. Tiles, map, ranking, trend and side card share one selection."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core_crm.national_reports import selectors
from sodam.ministry import drill, lines, picture, tables
from sodam.ministry.completeness import completeness_of
from sodam.ministry.headlines import headlines_of
from sodam.ministry.scene import FIELDS, Scene, filters_of, scene_of
from sodam.ministry.wording import month_named
from sodam.ui.platform_pages import platform_page
from tenants.context import serving_ministry
from tenants.selectors import region_unions


@platform_page("analyst")
def overview(request: HttpRequest) -> HttpResponse:
    """All views of one measure of one month; every part of the question stands in the address."""
    scene = scene_of(request)
    if scene is None:
        return render(request, "ministry/nothing_yet.html", {"menu": "overview"})
    facts = {**frame(scene, "overview"), **_parts(scene)}
    return render(request, "ministry/overview.html", facts)


def frame(scene: Scene, menu: str) -> dict[str, Any]:
    """What the head of every page of figures shows."""
    return {
        "scene": scene,
        "asked": scene.asked,
        "filters": filters_of(scene),
        "kept": scene.asked.kept(*FIELDS),
        "month_name": month_named(scene.asked.month),
        "menu": menu,
    }


def views(scene: Scene) -> dict[str, Any]:
    """Squares, drawing and legend of the same marks."""
    return {
        "marks": scene.marks,
        "tiles": picture.tiles_of(scene.marks),
        "picture": picture.picture_of(scene.marks),
        "legend": picture.legend_of(scene.marks),
        "chosen": scene.marks.selected,
    }


def _parts(scene: Scene) -> dict[str, Any]:
    with serving_ministry():
        trend = lines.trend_lines(scene, lines.codes_of(scene))
        headlines = headlines_of(scene, scene.selected_code)
        handed_in = selectors.submissions()
        busiest = drill.busiest(scene, scene.selected_code)
    unions = region_unions(since=lines.year_until(scene.asked.month)[0], until=scene.asked.month)
    return {
        **views(scene),
        "ranking": tables.ranking_figure(scene),
        "trend": tables.trend_figure(scene, trend, unions),
        "headlines": headlines,
        "busiest": busiest,
        "completeness": completeness_of(scene, handed_in),
    }
