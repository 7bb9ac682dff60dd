"""Is the process alive, and may it get traffic? Answered before anything else, for any host."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from sodam.runtime import state
from tenants.context import serving_platform
from tenants.errors import DomainError
from tenants.sql import rows


class HealthMiddleware:
    """`/healthz`: the process runs. `/readyz`: pages can be made.

    503 until the demo world is complete, and while the database does not answer. The broker is not
    asked: without it pages work, and jobs wait in Postgres.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == "/healthz":
            return _said("ok", 200)
        if request.path == "/readyz":
            obstacle = _obstacle()
            return _said(f"not ready: {obstacle}", 503) if obstacle else _said("ready", 200)
        return self.get_response(request)


def _obstacle() -> str:
    if settings.DEMO_MODE and not state.is_ready():
        return "the demo world is being built"
    try:
        with serving_platform():
            rows("SELECT 1")
    except (DatabaseError, DomainError):
        return "the database does not answer"
    return ""


def _said(text: str, status: int) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain")
