"""C1: where to begin, and how this month is going."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from core_crm.voices.selectors import public_numbers
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
    }
    return render(request, "citizen/home.html", facts)
