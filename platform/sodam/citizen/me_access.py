"""Who sits before `/me`: a citizen who proved a contact, for twenty minutes after the last page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from core_crm.customers.errors import CitizenNotFound
from core_crm.customers.selectors import citizen_get, survivor_of
from core_crm.customers.types import CustomerState

KEY, ASKED = "me", "me_asked"
SECONDS = 20 * 60


def sign_in(request: HttpRequest, citizen: Any, *, now: datetime) -> None:
    """Begin: with a new session key, so that nobody else holds it."""
    request.session.cycle_key()
    request.session.pop(ASKED, None)
    request.session[KEY] = {"id": str(citizen.pk), "until": now.timestamp() + SECONDS}


def sign_out(request: HttpRequest) -> None:
    """End: this browser also forgets which voices it may see."""
    request.session.flush()


def citizen_of(request: HttpRequest, *, now: datetime) -> Any | None:
    """Who is signed in; None after twenty minutes without a page. Each page begins them anew."""
    kept = request.session.get(KEY)
    if not kept:
        return None
    citizen = _living(kept) if kept["until"] > now.timestamp() else None
    if citizen is None:
        del request.session[KEY]
        return None
    request.session[KEY] = {"id": str(citizen.pk), "until": now.timestamp() + SECONDS}
    return citizen


def citizens_own(page: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Open a page to who is signed in, given as `citizen`; others are led to the sign-in."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        citizen = citizen_of(request, now=timezone.now())
        if citizen is None:
            return redirect("citizen_me")
        answer = page(request, citizen, *args, **kwargs)
        answer["Cache-Control"] = "no-store"
        return answer

    return guarded


def _living(kept: dict[str, Any]) -> Any | None:
    try:
        citizen = survivor_of(citizen_get(UUID(kept["id"])))
    except CitizenNotFound:
        return None
    return citizen if citizen.state == CustomerState.ACTIVE else None
