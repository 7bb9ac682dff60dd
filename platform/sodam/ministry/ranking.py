"""N3: the governments in order, with sample and change; ties share a rank."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sodam.ministry import tables
from sodam.ministry.overview import frame
from sodam.ministry.scene import scene_of
from sodam.ui.figures import figure_csv
from sodam.ui.platform_pages import platform_page


@platform_page("analyst")
def ranking(request: HttpRequest) -> HttpResponse:
    """Bars and table of the group that was asked for; `?format=csv`: the table."""
    scene = scene_of(request)
    if scene is None:
        return render(request, "ministry/nothing_yet.html", {"menu": "ranking"})
    figure = tables.ranking_figure(scene)
    if request.GET.get("format") == "csv":
        return figure_csv(tables.file_name(scene, figure), figure)
    facts = {**frame(scene, "ranking"), "marks": scene.marks, "figure": figure}
    return render(request, "ministry/ranking.html", facts)
