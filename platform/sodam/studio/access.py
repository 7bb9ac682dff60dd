"""Who may open the studio: officials who may see the city's settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation

from core_crm.staff.selectors import official_of
from core_crm.staff.types import Right
from customization.public import ChangeStatus, change_list
from sodam.ui import idle

Page = Callable[..., HttpResponseBase]
MOST_DRAFTS = 10


class StudioRequest(HttpRequest):
    """A request that `studio_page` let through; `official` is who asks."""

    official: Any


def studio_page(page: Page) -> Page:
    """Open the page to officials with the right to see settings, in their language."""
    return _guarded(page, is_poll=False)


def studio_poll(page: Page) -> Page:
    """The same for what a page asks by itself: it keeps no forgotten session alive."""
    return _guarded(page, is_poll=True)


def _guarded(page: Page, *, is_poll: bool) -> Page:
    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated or _has_slept(request, is_poll=is_poll):
            return _to_login(request)
        official = official_of(request.user)
        if official is None or not official.has(Right.SETTINGS_VIEW):
            raise PermissionDenied
        request.official = official  # type: ignore[attr-defined]  # read by `show`
        with translation.override(official.language):
            return page(request, *args, **kwargs)

    return guarded


def show(
    request: HttpRequest, template: str, facts: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render a page of the studio in the officials' frame."""
    official = getattr(request, "official", None)
    known = {"official": official, "menu": "settings", "drafts": lambda: drafts_of(request)}
    return render(request, template, known | facts, status=status)


def drafts_of(request: HttpRequest) -> list[Any]:
    """The official's own open drafts, the newest first: what an editor may add to."""
    official = getattr(request, "official", None)
    mine = change_list().filter(status=ChangeStatus.DRAFT, created_by=official)
    return list(mine[:MOST_DRAFTS]) if official else []


def _has_slept(request: HttpRequest, *, is_poll: bool) -> bool:
    """Nobody did anything for half an hour: log out. Else a person's act starts it anew."""
    now = timezone.now()
    if idle.has_slept(request, now=now):
        logout(request)
        return True
    if not is_poll:
        idle.touch(request, now=now)
    return False


def _to_login(request: HttpRequest) -> HttpResponseRedirect:
    query = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('account_login')}?{query}")
