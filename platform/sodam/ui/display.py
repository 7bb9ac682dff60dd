"""`POST /display`: high contrast and text size, remembered in cookies, without scripts too."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from sodam.ui.context import CONTRAST_COOKIE, SIZE_COOKIE, SIZES

YEAR_SECONDS = 365 * 24 * 3600


@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Toggle contrast or take the next text size, then return to the page."""
    there = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()})
    response = HttpResponseRedirect(there if is_ours else "/")
    if request.POST.get("contrast"):
        was_high = request.COOKIES.get(CONTRAST_COOKIE) == "high"
        _remember(response, CONTRAST_COOKIE, "normal" if was_high else "high")
    if request.POST.get("size"):
        size = request.COOKIES.get(SIZE_COOKIE, SIZES[0])
        place = SIZES.index(size) if size in SIZES else 0
        _remember(response, SIZE_COOKIE, SIZES[(place + 1) % len(SIZES)])
    return response


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR_SECONDS, samesite="Lax")
