"""Two tiny jobs for the tests of jobs, and the worker's entry that knows them."""

from __future__ import annotations

from sodam.celery import app
from tenants import sql
from tenants.isolation.jobs import city_job
from tenants.isolation.keys import city_cache

__all__ = ["app", "mark", "who"]


@city_job(name="tests.who")
def who() -> None:
    role = sql.rows("SELECT current_user AS role")[0]["role"]
    city_cache().set("who", role, timeout_seconds=60)


@city_job(name="tests.mark")
def mark() -> None:
    city_cache().set("mark", True, timeout_seconds=60)
