"""Is the process alive, and may it get traffic? Answered before anything else, for any host."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from sodam.runtime import state


class HealthMiddleware:
    """`/healthz`: the process runs. `/readyz`: 503 until the demo world is complete."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path == "/readyz":
            ready = state.is_ready()
            text = "ready\n" if ready else "not ready: the demo world is being built\n"
            return HttpResponse(text, status=200 if ready else 503, content_type="text/plain")
        return self.get_response(request)
