"""Tiny jobs for the tests of jobs, and the worker's entry that knows them."""

from __future__ import annotations

import os
import time

from sodam.celery import app
from tenants import sql
from tenants.context import current_city
from tenants.isolation.broker import broker_client
from tenants.isolation.jobs import city_job
from tenants.isolation.keys import city_cache
from tests.probes.escapes import all_attempts

__all__ = ["app", "escape", "mark", "who"]


@city_job(name="tests.who")
def who() -> None:
    role = sql.rows("SELECT current_user AS role")[0]["role"]
    city_cache().set("who", role, timeout_seconds=60)


@city_job(name="tests.mark")
def mark() -> None:
    city_cache().set("mark", True, timeout_seconds=60)


@city_job(name="tests.escape")
def escape(*, other: str) -> None:
    """Try every way out of the city that the job is of; keep which got through."""
    found = all_attempts(own=current_city().code, other=other)
    through = [one.attempt for one in found if not one.is_refused]
    city_cache().set("escape", [len(found), through], timeout_seconds=60)


@city_job(name="tests.rush")
def rush(*, number: int, seconds: float) -> None:
    """Work for a while, and note how many of us worked at once; the numbers keep us apart."""
    cache, key = city_cache(), f"sodam:{current_city().code}:busy:{os.getppid()}"
    at_once = broker_client().incr(key)
    cache.set("busy:most", max(at_once, cache.get("busy:most", 0)), timeout_seconds=60)
    time.sleep(seconds)
    broker_client().decr(key)
    cache.incr("busy:done", timeout_seconds=120)


@city_job(name="tests.probe")
def probe(*, number: int) -> None:
    """Note when this began."""
    city_cache().set(f"probe:{number}", time.time(), timeout_seconds=300)
