"""Jobs carry their city in a header. No header or an unknown city: the job fails, it never runs."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from celery import Task, current_task, shared_task
from kombu.exceptions import OperationalError
from kombu.utils import json

from tenants.context import PLATFORM_SCHEMA, open_city_codes, serving_city, serving_platform
from tenants.errors import NoCity
from tenants.isolation.fair import (
    is_first,
    turn_ask,
    turn_begin,
    turn_pass_on,
    waits_no_longer,
)
from tenants.isolation.nudges import nudge_soon
from tenants.isolation.queues import Queue
from tenants.scope import current, current_or_none

log = logging.getLogger(__name__)

HEADER, TURN, VOID_AT = "city", "turn", "void_at"


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
            turn = self.request.get(TURN)
            if turn is None:
                return super().__call__(*args, **kwargs)
            return self._run_in_turn(city, turn, args, kwargs)

    def _run_in_turn(self, city: str, turn: str, args: Any, kwargs: dict[str, Any]) -> Any:
        """Then the turn is the next one's, whatever became of this."""
        queue = queue_of(self.name)
        turn_begin(city, queue, turn)
        try:
            waits_no_longer(city, self.name, kwargs)
            is_void = time.time() > (self.request.get(VOID_AT) or math.inf)
            return None if is_void else super().__call__(*args, **kwargs)
        finally:
            if message := turn_pass_on(city, queue, turn):
                send_in_turn(city, turn, message)


@dataclass(frozen=True, slots=True)
class Job:
    """A named piece of work for one city (or the platform), done by a worker."""

    name: str
    task: Any
    run: Callable[..., Any]  # the plain function, for callers already inside the city
    queue: Queue = Queue.TRANSACTIONAL

    def enqueue(self, *, expires_seconds: float = math.inf, **kwargs: Any) -> bool:
        """Ask a worker to look; one that waits already is enough. False when the broker is away:
        the sweep from Postgres finds it. An expired one does nothing."""
        return self._ask(current().schema, kwargs, expires_seconds)

    def nudge(self) -> None:
        """Ask a worker to look in a moment, for this city; many at once are one. Never waits."""
        nudge_soon(self.name, current().schema, self._nudge)

    def _nudge(self, city: str) -> bool:
        return self._ask(city, {}, math.inf)

    def _ask(self, city: str, given: dict[str, Any], expires_seconds: float) -> bool:
        if not is_first(city, self.name, given, seconds=expires_seconds):
            return True
        if self._is_sent(city, given, expires_seconds):
            return True
        waits_no_longer(city, self.name, given)
        return False

    def _is_sent(self, city: str, given: dict[str, Any], expires_seconds: float) -> bool:
        """Sent, or set aside until the city's turn comes. The platform's own need no turn."""
        if city == PLATFORM_SCHEMA:
            return self.send(kwargs=given, headers={HEADER: city})
        void_at = None if math.isinf(expires_seconds) else time.time() + expires_seconds
        message = json.dumps([self.name, given, void_at])
        turn = turn_ask(city, self.queue, message)
        return turn is None or send_in_turn(city, turn, message)

    def send(self, **options: Any) -> bool:
        """Hand a message to the broker; whether it is there."""
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


def send_in_turn(city: str, turn: str, message: str) -> bool:
    """Send a job that has a turn of its city; whether the broker took it."""
    name, given, void_at = json.loads(message)
    headers = {HEADER: city, TURN: turn, VOID_AT: void_at}
    return _jobs[name].send(kwargs=given, headers=headers)


def job_names() -> list[str]:
    return sorted(_jobs)


def fan_out(job: Job, *, expires_seconds: float = math.inf, **kwargs: Any) -> int:
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
