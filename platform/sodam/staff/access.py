"""Who may open a page of the staff face."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation

from core_crm.staff.selectors import official_of
from core_crm.staff.types import Right
from sodam.ui import idle


class Seat(Protocol):
    """What pages need of an official."""

    id: UUID
    user: Any
    department: Any
    position: str
    phone: str
    roles: list[str]
    shortcuts_enabled: bool
    language: str

    @property
    def name(self) -> str: ...

    @property
    def rights(self) -> frozenset[Right]: ...

    def has(self, right: Right) -> bool: ...


class StaffRequest(HttpRequest):
    """A request that passed `official_page`: it knows who sits before the screen."""

    official: Seat
    city: Any


Page = Callable[..., HttpResponseBase]
VIEWERS = (Right.VOICE_VIEW_DEPARTMENT, Right.VOICE_VIEW_ALL)


def official_page(*any_of: Right, is_poll: bool = False) -> Callable[[Page], Page]:
    """Open the page to officials who hold one of these rights; without any, to every official.

    Nobody logged in: to the log-in page. A login without a seat, or without the right: 403 that
    says what to do. A poll does not keep a forgotten session alive.
    """

    def decorate(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_login(request, reason="")
            if idle.has_slept(request, now=timezone.now()):
                logout(request)
                return _to_login(request, reason="idle")
            if not is_poll:
                idle.touch(request, now=timezone.now())
            return _seated(request, page, any_of, args, kwargs)

        guarded.any_of = any_of  # type: ignore[attr-defined]  # read by the permission table test
        return guarded

    return decorate


def _seated(
    request: HttpRequest, page: Page, any_of: tuple[Right, ...], args: Any, kwargs: Any
) -> HttpResponseBase:
    official = official_of(request.user)
    if official is None:
        return refused(request, why="no_seat")
    request.official = official  # type: ignore[attr-defined]
    if any_of and not official.rights & set(any_of):
        return refused(request, why="no_right")
    with translation.override(official.language):
        return page(request, *args, **kwargs)


def refused(request: HttpRequest, *, why: str) -> HttpResponse:
    """The 403 page, which says what to do next: `no_seat`, `no_right` or `other_department`."""
    return render(request, "staff/refused.html", {"why": why}, status=403)


def is_partial(request: HttpRequest) -> bool:
    """Does htmx ask for the fragment only? The same address answers a whole page otherwise."""
    return request.headers.get("HX-Request-Type") == "partial"


def layout(request: HttpRequest) -> str:
    """Which frame a template extends: the whole page, or none for a fragment."""
    return "staff/fragment.html" if is_partial(request) else "staff/base.html"


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render a page or its fragment; a dialog (`sheet`) is a card of its own without scripts."""
    is_fragment = is_partial(request)
    known = {
        "layout": layout(request),
        "sheet": layout(request) if is_fragment else "staff/sheet.html",
        "heading_tag": "h2" if is_fragment else "h1",
        "official": getattr(request, "official", None),
    }
    response = render(request, template, known | context, status=status)
    response["Vary"] = "HX-Request-Type"
    return response


def _to_login(request: HttpRequest, *, reason: str) -> HttpResponseBase:
    wanted = request.get_full_path() if request.method == "GET" and not is_partial(request) else ""
    asked = {"next": wanted, "reason": reason}
    query = urlencode({key: value for key, value in asked.items() if value})
    target = reverse("account_login") + (f"?{query}" if query else "")
    if is_partial(request):
        return HttpResponse(status=401, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)
