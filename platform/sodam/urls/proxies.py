"""Behind trusted proxies: who asked, and over what, is what they say; nobody else is believed."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

FORWARDED, PROTOCOL = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"


class TrustedProxyMiddleware:
    """Each proxy appends the address it was asked from: the visitor stands `n` from the end.

    What stands before was sent by the visitor and may be a lie. Without trusted proxies both
    headers are dropped, so that no later reader can believe them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        hops: int = settings.SODAM_TRUSTED_PROXIES
        named = [one.strip() for one in request.META.pop(FORWARDED, "").split(",") if one.strip()]
        if hops and len(named) >= hops:
            request.META["REMOTE_ADDR"] = named[-hops]
        if not hops:
            request.META.pop(PROTOCOL, None)
        return self.get_response(request)
