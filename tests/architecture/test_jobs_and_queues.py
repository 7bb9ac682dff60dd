"""Everything the clock wakes exists, and every queue has a worker."""

from __future__ import annotations

from sodam.celery import PLATFORM_SWEEPS, SWEEPS, app
from tenants.isolation.jobs import job_named, job_names
from tenants.isolation.queues import Queue


def test_every_sweep_names_a_job() -> None:
    app.loader.import_default_modules()
    for name in {**SWEEPS, **PLATFORM_SWEEPS}:
        assert job_named(name).name == name


def test_every_class_of_work_has_jobs_and_every_job_a_class() -> None:
    app.loader.import_default_modules()
    queues = {job_named(name).queue for name in job_names()}
    assert queues == set(Queue)
