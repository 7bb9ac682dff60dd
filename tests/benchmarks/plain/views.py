"""What a good Django programmer writes first."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from tests.benchmarks.plain.models import PlainVoice

PAGE_SIZE = 50
OPEN = Q(closed_at__isnull=True)


def one(request: HttpRequest, ref: str) -> JsonResponse:
    """One voice by its indexed reference."""
    return JsonResponse(PlainVoice.objects.values("ref", "title", "status").get(ref=ref))


def bare(request: HttpRequest) -> HttpResponse:
    """The fifty voices in a table, and nothing else."""
    return render(request, "plain/bare.html", {"voices": _found(request), "asked": request.GET})


def inbox(request: HttpRequest) -> HttpResponse:
    """The product's page as a plain project would have it: rail with counts, list with pills."""
    context = {"voices": _found(request), "asked": request.GET, "views": _counts()}
    return render(request, "plain/inbox.html", context)


def _found(request: HttpRequest) -> QuerySet[PlainVoice]:
    """Fifty voices of a phase that hold a word of two syllables: the pair in the GIN index."""
    found = PlainVoice.objects.filter(
        phase=request.GET["phase"], search_terms__contains=[request.GET["q"]]
    )
    related = found.select_related("category", "department", "citizen", "officer__user")
    return related.defer("search_terms").order_by("due_at", "id")[:PAGE_SIZE]


def _counts() -> dict[str, int]:
    now = timezone.now()
    ticking = Q(paused_at__isnull=True, outcome="")
    return PlainVoice.objects.filter(OPEN).aggregate(
        unassigned=Count("id", filter=Q(officer__isnull=True)),
        due_today=Count("id", filter=ticking & Q(due_at__date=timezone.localdate(now))),
        overdue=Count("id", filter=ticking & Q(due_at__lt=now)),
        waiting=Count("id", filter=Q(phase="waiting")),
        reopened=Count("id", filter=Q(reopened_count__gt=0)),
        open=Count("id"),
    )
