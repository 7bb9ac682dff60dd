"""What a good Django programmer writes first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from tests.benchmarks.plain.models import PlainVoice

PAGE_SIZE = 50


def one(request: HttpRequest, ref: str) -> JsonResponse:
    """One voice by its indexed reference."""
    return JsonResponse(PlainVoice.objects.values("ref", "title", "status").get(ref=ref))


def inbox(request: HttpRequest) -> HttpResponse:
    """Fifty voices of a phase that hold a word of two syllables: the pair in the GIN index.

    That unfinished voices are not closed is said too, so that the index of the open ones serves.
    """
    found = PlainVoice.objects.filter(
        phase=request.GET["phase"], search_terms__contains=[request.GET["q"]]
    )
    if request.GET["phase"] != "closed":
        found = found.filter(closed_at__isnull=True)
    voices = (
        found.select_related("category", "department", "citizen")
        .defer("search_terms")
        .order_by("due_at", "id")[:PAGE_SIZE]
    )
    return render(request, "plain/inbox.html", {"voices": voices, "asked": request.GET})
