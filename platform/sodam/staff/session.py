"""`/staff/session`: how long the session still lasts, and staying longer."""

from __future__ import annotations

from django.http import HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from sodam.staff.access import StaffRequest, official_page
from sodam.ui import idle


@require_GET
@official_page(is_poll=True)
def left(request: StaffRequest) -> HttpResponseBase:
    """Seconds until sign-out, asked without extending them."""
    return JsonResponse({"seconds_left": idle.seconds_left(request, now=timezone.now())})


@require_POST
@official_page()
def extend(request: StaffRequest) -> HttpResponseBase:
    """Start the half hour anew."""
    idle.touch(request, now=timezone.now(), is_asked=True)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"seconds_left": idle.seconds_left(request, now=timezone.now())})
    return HttpResponseRedirect(reverse("staff_home"))
