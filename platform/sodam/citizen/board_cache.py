"""Pages that everybody reads alike: asked again, they answer 304 at the price of one query."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import condition

from sodam.ui.context import CONTRAST_COOKIE, SIZE_COOKIE
from sodam.ui.looks import identity_stamp

View = Callable[..., HttpResponseBase]


def revalidated(stamp: Callable[..., str]) -> Callable[[View], View]:
    """Give the page an ETag of `stamp` (called with the page's own arguments; "" for none).

    A copy may be kept, but never used without asking: what is taken back is gone at once.
    """

    def decorate(view: View) -> View:
        conditional = condition(etag_func=lambda request, *a, **k: _etag(request, stamp(*a, **k)))
        asked = conditional(view)

        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = asked(request, *args, **kwargs)
            response.headers["Cache-Control"] = "no-cache"
            return response

        return answered

    return decorate


def _etag(request: HttpRequest, stamp: str) -> str | None:
    """Also of all that makes two readers' pages differ: language, contrast, size, form, looks."""
    if not stamp:
        return None
    cookies = (CONTRAST_COOKIE, SIZE_COOKIE, settings.CSRF_COOKIE_NAME)
    parts = [stamp, get_language() or "", str(timezone.localdate()), request.get_host()]
    parts += [identity_stamp()]
    parts += [request.COOKIES.get(name, "") for name in cookies]
    return f'"{sha256("|".join(parts).encode()).hexdigest()[:32]}"'
