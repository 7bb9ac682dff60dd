"""Headers of every page: nothing from elsewhere, nothing inline."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.translation import gettext as _

from sodam.errors import Problem, respond
from sodam.ui.policy import POLICY

LARGEST_BODY_BYTES = 64 * 1024 * 1024
"""Five photographs of 10 MB and a text."""


class BodyLimitMiddleware:
    """Refuses what no form of ours is as large as, before a byte of it is written to a disk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) <= LARGEST_BODY_BYTES:
            return self.get_response(request)
        return respond(request, Problem(413, "request.too_large", _("요청이 너무 큽니다.")))


class PlainTextMiddleware:
    """No text that people write holds a NUL, and Postgres keeps none: such a form is malformed.

    The API is not looked at: it says which field is wrong.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """After the request's own city and form are known, before its page."""
        if request.path.startswith("/api/"):
            return
        given = [request.path, *_texts(request.GET), *_texts(request.POST)]
        if any("\0" in text for text in given):
            raise BadRequest("A NUL was sent.")


def _texts(given: QueryDict) -> Iterable[str]:
    return (str(text) for _name, values in given.lists() for text in values)


class ContentSecurityPolicyMiddleware:
    """No inline script or style, no other host (UX gate G11); personal pages are not stored."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "geolocation=(self), camera=()")
        response.headers.setdefault("Cache-Control", "no-store")
        return response
