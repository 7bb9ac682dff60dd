"""N4: up to five governments and the nation over a year."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sodam.ministry import lines, tables
from sodam.ministry.asked import MOST_COMPARED
from sodam.ministry.overview import frame
from sodam.ministry.scene import scene_of
from sodam.ui.figures import figure_csv
from sodam.ui.platform_pages import platform_page
from tenants.context import serving_ministry
from tenants.selectors import region_unions


@platform_page("analyst")
def trend(request: HttpRequest) -> HttpResponse:
    """`?with=` names who stands beside the selected one; `?format=csv`: the months as a file."""
    scene = scene_of(request)
    if scene is None:
        return render(request, "ministry/nothing_yet.html", {"menu": "trend"})
    codes = lines.codes_of(scene)
    with serving_ministry():
        found = lines.trend_lines(scene, codes)
    unions = region_unions(since=lines.year_until(scene.asked.month)[0], until=scene.asked.month)
    figure = tables.trend_figure(scene, found, unions)
    if request.GET.get("format") == "csv":
        return figure_csv(tables.file_name(scene, figure), figure)
    facts = {
        **frame(scene, "trend"),
        "marks": scene.marks,
        "figure": figure,
        "chosen": scene.marks.selected,
        "compared": codes,
        "most": MOST_COMPARED,
        "compare_kept": scene.asked.kept("with", "region"),
    }
    return render(request, "ministry/trend.html", facts)
