"""Jobs carry their city in a header. No header or an unknown city: the job fails, it never runs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from celery import Signature, Task, current_task, shared_task
from kombu.exceptions import OperationalError
from kombu.utils import json

from tenants.context import PLATFORM_SCHEMA, open_city_codes, serving_city, serving_platform
from tenants.errors import NoCity
from tenants.isolation.fair import (
    WAITING_SECONDS,
    is_first,
    slot_give_back,
    slot_take,
    waits_no_longer,
)
from tenants.isolation.nudges import nudge_soon
from tenants.isolation.queues import Queue
from tenants.scope import current, current_or_none

log = logging.getLogger(__name__)

HEADER = "city"


if TYPE_CHECKING:
    BaseTask = Task[Any, Any]
else:
    BaseTask = Task


class ScopedTask(BaseTask):
    """Base of every job: sends with the city being served, runs inside the city it names."""

    abstract = True
    ignore_result = True

    def apply_async(  # type: ignore[override]  # the many options pass through unread
        self, args: Any = None, kwargs: Any = None, **options: Any
    ) -> Any:
        headers = dict(options.pop("headers", None) or {})
        scope = current_or_none()
        # The next step of a chain is sent by the worker after the job left its city.
        running = current_task.request.get(HEADER) if current_task else None
        city = scope.schema if scope else headers.get(HEADER) or running
        if city is None:
            raise NoCity(f"{self.name}: sent outside any city.")
        if headers.setdefault(HEADER, city) != city:
            raise NoCity(f"{self.name}: header says {headers[HEADER]}, but {city} is being served.")
        return super().apply_async(args, kwargs, headers=headers, **options)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        city = self.request.get(HEADER)
        if city is None:
            raise NoCity(f"{self.name}: the message names no city.")
        if city == PLATFORM_SCHEMA:
            waits_no_longer(city, self.name, kwargs)
            with serving_platform():
                return super().__call__(*args, **kwargs)
        with serving_city(city):
            return self._run_in_turn(city, args, kwargs)

    def _run_in_turn(self, city: str, args: Any, kwargs: dict[str, Any]) -> Any:
        """With one of the city's slots; when they are all taken, after one that ends."""
        queue = queue_of(self.name)
        token = slot_take(city, queue, self._as_text(args, kwargs))
        if token is None:
            return None
        try:
            waits_no_longer(city, self.name, kwargs)
            return super().__call__(*args, **kwargs)
        finally:
            self._send_again(slot_give_back(city, queue, token))

    def _as_text(self, args: Any, kwargs: dict[str, Any]) -> str:
        """This message, to be sent once more; it does not grow too old while it is set aside."""
        again = self.signature_from_request(
            self.request, args, kwargs, retries=self.request.retries
        )
        again.options.pop("expires", None)
        return str(json.dumps(again))

    def _send_again(self, message: str | None) -> None:
        if message is None:
            return
        try:
            Signature.from_dict(json.loads(message), app=self.app).apply_async(retry=False)
        except OperationalError:
            log.warning("broker_away", extra={"job": self.name})


@dataclass(frozen=True, slots=True)
class Job:
    """A named piece of work for one city (or the platform), done by a worker."""

    name: str
    task: Any
    run: Callable[..., Any]  # the plain function, for callers already inside the city
    queue: Queue = Queue.TRANSACTIONAL

    def enqueue(
        self, *, countdown_seconds: float = 0, expires_seconds: float | None = None, **kwargs: Any
    ) -> bool:
        """Ask a worker to look; one that waits already is enough. False when the broker is away:
        the sweep from Postgres finds it."""
        options: dict[str, Any] = {} if expires_seconds is None else {"expires": expires_seconds}
        waits = countdown_seconds + (expires_seconds or WAITING_SECONDS)
        options["countdown"] = countdown_seconds
        return self._sent_once(current().schema, kwargs, waits, **options)

    def nudge(self) -> None:
        """Ask a worker to look in a moment, for this city; many at once are one. Never waits."""
        nudge_soon(self.name, current().schema, self._nudge)

    def _nudge(self, city: str) -> bool:
        return self._sent_once(city, {}, WAITING_SECONDS, headers={HEADER: city})

    def _sent_once(
        self, city: str, given: dict[str, Any], waits_seconds: float, **options: Any
    ) -> bool:
        if not is_first(city, self.name, given, seconds=waits_seconds):
            return True
        if self._sent(kwargs=given, **options):
            return True
        waits_no_longer(city, self.name, given)
        return False

    def _sent(self, **options: Any) -> bool:
        try:
            self.task.apply_async(retry=False, **options)
        except OperationalError:
            log.warning("broker_away", extra={"job": self.name})
            return False
        return True

    def __call__(self, **kwargs: Any) -> Any:
        return self.run(**kwargs)


def _job(name: str, queue: Queue) -> Callable[[Callable[..., Any]], Job]:
    def declare(function: Callable[..., Any]) -> Job:
        task = shared_task(base=ScopedTask, name=name)(function)
        job = Job(name, task, function, queue)
        _jobs[name] = job
        return job

    return declare


_jobs: dict[str, Job] = {}


def city_job(
    *, name: str, queue: Queue = Queue.TRANSACTIONAL
) -> Callable[[Callable[..., Any]], Job]:
    """Declare a job of one city: keyword arguments only, idempotent, calls one service."""
    return _job(name, queue)


def platform_job(
    *, name: str, queue: Queue = Queue.TRANSACTIONAL
) -> Callable[[Callable[..., Any]], Job]:
    """Declare a job of the platform; it has no right in any city's schema."""
    return _job(name, queue)


def job_named(name: str) -> Job:
    return _jobs[name]


def route_of(name: str, *_sent: Any, **_options: Any) -> dict[str, str] | None:
    """Celery's router: a job goes to the queue of its class."""
    job = _jobs.get(name)
    return {"queue": str(job.queue)} if job else None


def queue_of(name: str) -> Queue:
    """The class of a job; of a task of Celery's own, the usual one."""
    job = _jobs.get(name)
    return job.queue if job else Queue.TRANSACTIONAL


def job_names() -> list[str]:
    return sorted(_jobs)


def fan_out(job: Job, *, expires_seconds: float | None = None, **kwargs: Any) -> int:
    """Send one message per open city; how many were sent. An expired one is not worth running."""
    sent = 0
    for code in open_city_codes():
        with serving_city(code):
            sent += job.enqueue(expires_seconds=expires_seconds, **kwargs)
    return sent


@platform_job(name="tenants.fan_out")
def fan_out_by_name(*, job: str, every_seconds: float) -> int:
    """What beat sends: one message per open city, void when the next round comes."""
    return fan_out(job_named(job), expires_seconds=every_seconds)
