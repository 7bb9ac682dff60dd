"""Serve each request in the city its host name belongs to, with that face's addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextvars import copy_context
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.module_loading import import_string

from tenants.context import Serving, by_host, serving_city, serving_platform
from tenants.errors import DomainError
from tenants.types import CityRef

Handler = Callable[[HttpRequest], HttpResponseBase]

PLATFORM_FACES = {"console": "console", "ministry": "ministry"}


class CityMiddleware:
    """Sets `request.city`, `request.face_host` and the urlconf.

    An unknown host and a city that is not open are answered by `settings.HOST_REFUSED`.

    Runs first: nothing before it may touch the database. Health checks answer outside of it.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.refuse: Callable[[HttpRequest, DomainError], HttpResponseBase]
        self.refuse = import_string(settings.HOST_REFUSED)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            face, city, scope = scope_for(request)
        except DomainError as stop:
            return self.refuse(request, stop)
        request.city = city  # type: ignore[attr-defined]  # read by faces and templates
        request.face_host = face  # type: ignore[attr-defined]
        request.urlconf = settings.FACE_URLCONFS[face]
        with scope:
            return keep_city(self.get_response(request), city)


def scope_for(request: HttpRequest) -> tuple[str, CityRef | None, Serving]:
    """Which face, city and login role the host name asks for. Raises UnknownCity."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    host = host.lower().rstrip(".")
    if host in settings.DOOR_HOSTS:
        return "doors", None, serving_platform()
    face = PLATFORM_FACES.get(host.partition(".")[0])
    if face and host.partition(".")[2] in settings.DOOR_HOSTS:
        return face, None, serving_platform()
    city = by_host(host)
    return "city", city, serving_city(city)


def keep_city(response: HttpResponseBase, city: CityRef | None) -> HttpResponseBase:
    """A streamed body is produced after the middleware returned: give it a scope of its own."""
    if city is not None and isinstance(response, StreamingHttpResponse):
        chunks: Any = response.streaming_content
        response.streaming_content = _stream_in(city, iter(chunks))
    return response


def _stream_in(city: CityRef, chunks: Iterator[bytes]) -> Iterator[bytes]:
    context, scope = copy_context(), serving_city(city)
    context.run(scope.__enter__)
    try:
        while (chunk := context.run(next, chunks, None)) is not None:
            yield chunk
    finally:
        context.run(scope.__exit__, None, None, None)
