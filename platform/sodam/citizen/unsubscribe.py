"""`/u/<token>`: out of advertising without a log-in. Looking shows, pressing acts.

A mail program presses by itself (RFC 8058), with neither cookie nor form: what protects the act
is the secret in the address.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core_crm.customers.errors import UnsubscribeLinkInvalid
from core_crm.customers.services import unsubscribe, unsubscribe_undo, way_out
from sodam.citizen.me_consents import CHANNELS


@csrf_exempt
@require_http_methods(["GET", "POST"])
def unsubscribe_page(request: HttpRequest, token: str) -> HttpResponse:
    """How it stands; POST stops it, or with `undo` gives back what was just stopped."""
    now, is_undo = timezone.now(), "undo" in request.POST
    act = unsubscribe_undo if is_undo else unsubscribe
    try:
        found = act(token, now=now) if request.method == "POST" else way_out(token, now=now)
    except UnsubscribeLinkInvalid as wrong:
        return render(request, "citizen/unsubscribe_wrong.html", {}, status=wrong.http_status)
    facts = {
        "way": found,
        "channel": CHANNELS[found.channel],
        "has_acted": request.method == "POST",
        "has_undone": is_undo and found.is_given,
    }
    answer = render(request, "citizen/unsubscribe.html", facts)
    answer["Referrer-Policy"] = "no-referrer"
    return answer
