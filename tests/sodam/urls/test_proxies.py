"""Who asked, when a proxy stands between."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from sodam.urls.proxies import TrustedProxyMiddleware


def seen(hops: int, forwarded: str, settings: pytest.FixtureRequest) -> HttpRequest:
    """The request as the pages behind the middleware see it."""
    settings.SODAM_TRUSTED_PROXIES = hops  # type: ignore[attr-defined]
    asked = RequestFactory().get(
        "/", headers={"X-Forwarded-For": forwarded, "X-Forwarded-Proto": "https"}
    )
    TrustedProxyMiddleware(lambda request: HttpResponse())(asked)
    return asked


@pytest.mark.parametrize(
    ("hops", "forwarded", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_visitor_is_whom_the_outermost_trusted_proxy_saw(
    hops: int, forwarded: str, address: str, settings: pytest.FixtureRequest
) -> None:
    assert seen(hops, forwarded, settings).META["REMOTE_ADDR"] == address


def test_without_a_trusted_proxy_nobody_may_claim_https(settings: pytest.FixtureRequest) -> None:
    assert "HTTP_X_FORWARDED_PROTO" not in seen(0, "203.0.113.9", settings).META
    assert seen(1, "203.0.113.9", settings).META["HTTP_X_FORWARDED_PROTO"] == "https"
