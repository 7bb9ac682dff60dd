"""Pages of the platform's own hosts (console, ministry): who may open them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

Page = Callable[..., HttpResponseBase]


def platform_page(*roles: str) -> Callable[[Page], Page]:
    """Open the page to accounts of the platform with one of these roles.

    Nobody logged in: to the log-in page. Another role: 403, which names the page's host.
    """

    def decorate(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = request.user
            if not user.is_authenticated:
                query = urlencode({"next": request.get_full_path()})
                return HttpResponseRedirect(f"{reverse('account_login')}?{query}")
            if user.platform_role not in roles:
                raise PermissionDenied
            with translation.override(user.language):
                return page(request, *args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]  # read by the permission table test
        return guarded

    return decorate


def address_of(request: HttpRequest, host: str) -> str:
    """The root of another host of this installation, on the port this one was asked at."""
    port = request.get_host().rpartition(":")[2]
    return f"{request.scheme}://{host}:{port}/" if port.isdigit() else f"{request.scheme}://{host}/"


def door(request: HttpRequest, name: str) -> str:
    """The root of `name`'s host beside this one: `console`, `ministry`, or "" for the doors."""
    suffix = settings.SODAM_HOST_SUFFIX
    return address_of(request, f"{name}.{suffix}" if name else suffix)
