"""C6: the receipt. Safe to reload; only the browser that filed it sees it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from core_crm.voices.selectors import voice_get
from sodam.citizen.access import remember
from sodam.citizen.filing import has_filed


@require_GET
def done(request: HttpRequest, ref: str) -> HttpResponse:
    """Reference, date, and what happens next."""
    if not has_filed(request, ref=ref):
        return redirect("tracked", ref=ref)
    remember(request, ref)
    return render(request, "citizen/done.html", {"voice": voice_get(ref), "menu": "submit"})
