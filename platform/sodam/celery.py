"""Workers and the clock that wakes them. What must be done is in Postgres; this only says: look."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sodam.settings")

import django
from celery import Celery
from celery.signals import setup_logging
from kombu import Queue as KombuQueue
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

django.setup()

from sodam.logs import configure_logging  # noqa: E402  # after django.setup()
from sodam.settings.environment import env  # noqa: E402
from tenants.context import open_city_codes  # noqa: E402
from tenants.isolation.fair import set_aside  # noqa: E402
from tenants.isolation.jobs import route_of  # noqa: E402
from tenants.isolation.queues import ALL_QUEUES, Queue  # noqa: E402

# Job -> every how many seconds each open city looks for what is due.
SWEEPS = {
    "customers.acquired_due": 300,
    "customers.figures": 21600,
    "customers.duplicates_due": 300,
    "customers.merges_over": 3600,
    "events.relay": 15,
    "messaging.send_due": 10,
    "messaging.send_bulk": 10,
    "audit.seal": 60,
    "config.apply_due": 60,
    "kpis.refresh": 60,
    "common.forget_old": 86400,
    "files.forget_unfiled": 3600,
    "imports.find_work": 60,
    "imports.forget_old": 86400,
    "privacy.retention": 86400,
    "staff.plans_due": 300,
    "voices.escalate_due": 300,
    "voices.forget_fields": 86400,
    "voices.index_fields": 86400,
    "voices.progress_notices": 3600,
    "voices.step_due": 300,
}
# Job of the platform -> every how many seconds.
PLATFORM_SWEEPS = {"audit.seal_platform": 60, "national_reports.refresh": 300}

app = Celery("sodam", broker=env.broker_url)
app.conf.update(
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_time_limit=300,
    worker_prefetch_multiplier=1,
    worker_soft_shutdown_timeout=10,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": 600},
    timezone="Asia/Seoul",
    task_routes=[route_of],
    task_default_queue=str(Queue.TRANSACTIONAL),
    task_queues=[KombuQueue(name) for name in ALL_QUEUES],  # a worker without -Q reads them all
    task_create_missing_queues=False,  # a misspelt queue would have no worker
    CELERY_DB_REUSE_MAX=1000,  # else Celery closes the cities' pools after each job
    beat_schedule={
        name: {
            "task": "tenants.fan_out",
            "schedule": seconds,
            "kwargs": {"job": name, "every_seconds": seconds},
            "options": {"headers": {"city": "public"}, "expires": seconds},
        }
        for name, seconds in SWEEPS.items()
    }
    | {
        name: {
            "task": name,
            "schedule": seconds,
            "options": {"headers": {"city": "public"}, "expires": seconds},
        }
        for name, seconds in PLATFORM_SWEEPS.items()
    },
)
app.autodiscover_tasks(["tenants.isolation"], related_name="jobs")
app.autodiscover_tasks(related_name="jobs")
app.set_default()


def jobs_waiting() -> dict[str, int] | None:
    """How many jobs of each class wait, in the queue or beside it; None without the broker."""
    try:
        with app.connection_for_read() as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
            server = broker.default_channel.client
            cities = open_city_codes()
            return {
                str(name): int(server.llen(str(name))) + set_aside(cities, name)
                for name in ALL_QUEUES
            }
    except (OperationalError, RedisError):
        return None


def workers_alive(*, wait_seconds: float = 0.7) -> list[str]:
    """Names of the workers that answer at once. Only while the broker is there."""
    answers = app.control.ping(timeout=wait_seconds)
    return sorted(name for answer in answers for name in answer)


@setup_logging.connect
def _logging(**_: object) -> None:
    configure_logging()
