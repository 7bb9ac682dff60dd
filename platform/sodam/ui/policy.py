"""What a browser may load for a page, and the one exception: a page of ours inside another."""

from __future__ import annotations

from django.http import HttpResponseBase

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; manifest-src 'self'"
)
HEADER = "Content-Security-Policy"


def may_frame(response: HttpResponseBase) -> HttpResponseBase:
    """This page shows another one of ours in a frame."""
    response.headers[HEADER] = f"{POLICY}; frame-src 'self'"
    return response


def may_be_framed(response: HttpResponseBase) -> HttpResponseBase:
    """This page is shown in a frame of ours; nobody else may frame it."""
    response.headers[HEADER] = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
