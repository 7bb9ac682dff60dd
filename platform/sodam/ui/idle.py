"""A session sleeps after thirty minutes without a person's act; polls do not count as one."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

IDLE_SECONDS = 30 * 60
KEY = "staff_seen_at"


def touch(request: HttpRequest, *, now: datetime) -> None:
    """A person did something: the half hour starts anew."""
    request.session[KEY] = now.timestamp()


def seconds_left(request: HttpRequest, *, now: datetime) -> int:
    """How long until the session sleeps."""
    seen = request.session.get(KEY, now.timestamp())
    return max(0, int(IDLE_SECONDS - (now.timestamp() - seen)))


def has_slept(request: HttpRequest, *, now: datetime) -> bool:
    """Has nobody done anything for too long?"""
    return seconds_left(request, now=now) == 0
