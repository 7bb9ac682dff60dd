"""A session sleeps after thirty minutes without a person's act; polls do not count as one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

IDLE_SECONDS = 30 * 60
KEPT_SECONDS = 60
KEY, KEPT_KEY = "staff_seen_at", "kept_at"


def touch(request: HttpRequest, *, now: datetime, is_asked: bool = False) -> None:
    """A person did something: the half hour starts anew.

    Written down once a minute, else every page would wait for a disk: a session may sleep up to a
    minute early, never late. `is_asked`: the person pressed "stay", so write it in any case.
    """
    seen = request.session.get(KEY, 0)
    if is_asked or not 0 <= now.timestamp() - seen < KEPT_SECONDS:
        request.session[KEY] = now.timestamp()


def seconds_left(request: HttpRequest, *, now: datetime) -> int:
    """How long until the session sleeps."""
    seen = request.session.get(KEY, now.timestamp())
    return max(0, int(IDLE_SECONDS - (now.timestamp() - seen)))


def has_slept(request: HttpRequest, *, now: datetime) -> bool:
    """Has nobody done anything for too long?"""
    return seconds_left(request, now=now) == 0


class KeepSessionMiddleware:
    """A session that is used lives on: saved, with its cookie, once a minute and not per page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        session = request.session
        if session.accessed and not session.is_empty():
            now = timezone.now().timestamp()
            if now - session.get(KEPT_KEY, 0) >= KEPT_SECONDS:
                session[KEPT_KEY] = now
        return response
