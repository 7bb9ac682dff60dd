"""C1: where to begin, how this month is going, and what became of other people's voices."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from core_crm.voices.selectors import board_counts, board_front, public_numbers
from sodam.citizen.board import language_of_page
from sodam.citizen.board_query import BoardQuery
from sodam.ui.context import short_name


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The three first actions; the month's numbers only when there are any."""
    today = timezone.localdate()
    numbers = public_numbers(f"{today:%Y-%m}")
    facts = {
        "city_short": short_name(request),
        "numbers": numbers if numbers and numbers.received else None,
        "month_start": today.replace(day=1),
        "today": today,
        "board": board_counts(),
        "front": board_front(language=language_of_page()),
        "done_url": BoardQuery(state="done").url(),
        "unable_url": BoardQuery(state="unable").url(),
    }
    return render(request, "citizen/home.html", facts)
