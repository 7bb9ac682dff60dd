"""N2: the map and the squares of one measure, with the same values as a table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sodam.ministry import tables
from sodam.ministry.headlines import headlines_of
from sodam.ministry.overview import frame, views
from sodam.ministry.scene import scene_of
from sodam.ui.figures import figure_csv
from sodam.ui.platform_pages import platform_page
from tenants.context import serving_ministry


@platform_page("analyst")
def map_page(request: HttpRequest) -> HttpResponse:
    """The governments in their places; `?format=csv`: the table in their customary order."""
    scene = scene_of(request)
    if scene is None:
        return render(request, "ministry/nothing_yet.html", {"menu": "map"})
    figure = tables.map_figure(scene)
    if request.GET.get("format") == "csv":
        return figure_csv(tables.file_name(scene, figure), figure)
    with serving_ministry():
        headlines = headlines_of(scene, scene.selected_code)
    facts = {**frame(scene, "map"), **views(scene), "figure": figure, "headlines": headlines}
    return render(request, "ministry/map.html", facts)
