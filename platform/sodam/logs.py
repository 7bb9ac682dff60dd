"""Logs: one JSON line per fact, with request and city, and nobody's personal data."""

from __future__ import annotations

import logging
import logging.config
import re
import sys
import time
import traceback
import uuid
from collections.abc import Callable, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog
from celery.signals import task_postrun, task_prerun
from django.http import HttpRequest, HttpResponseBase
from structlog.contextvars import bind_contextvars, clear_contextvars

from sodam.settings.environment import env
from tenants.context import current_city_or_none

Facts = MutableMapping[str, Any]
Answer = Callable[[HttpRequest], HttpResponseBase]

FRAMES_KEPT = 6
# What these say below their level is said better by our own lines, or every few seconds.
QUIETER = {
    "django.request": "ERROR",
    "django.security": "ERROR",
    "celery.beat": "WARNING",
    "celery.worker.strategy": "WARNING",
    "celery.app.trace": "WARNING",
}
SAID_BY_US = {"django.request": "request failed", "celery.app.trace": "job failed"}
QUIET = ("/healthz", "/readyz", "/static/")
_OWN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_log = structlog.get_logger("sodam.request")


def configure_logging() -> None:
    """Everything, also what libraries log, goes to standard error as JSON lines."""
    before = _processors()
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": before,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
                    ],
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": env.log_level},
            "loggers": {name: {"level": level} for name, level in QUIETER.items()},
        }
    )
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


class RequestLogMiddleware:
    """Gives each request an id, returns it as X-Request-ID, and logs the answer in one line."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _OWN_ID.fullmatch(given) else uuid.uuid4().hex
        request.request_id = request_id  # type: ignore[attr-defined]  # Django's way to carry facts
        clear_contextvars()
        bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        if not request.path.startswith(QUIET):
            _log_answer(request, response, seconds=time.perf_counter() - started)
        return response


def _log_answer(request: HttpRequest, response: HttpResponseBase, *, seconds: float) -> None:
    """The route, never the path: a path may carry a name, a reference or a token."""
    city = getattr(request, "city", None)
    match = request.resolver_match
    _log.info(
        "request",
        city=city.code if city else None,
        method=request.method,
        route=match.route if match else None,
        status=response.status_code,
        duration_ms=round(seconds * 1000, 1),
    )


@task_prerun.connect
def _name_the_job(task_id: str, task: Any, **_: object) -> None:
    clear_contextvars()
    bind_contextvars(request_id=task_id, route=task.name)


@task_postrun.connect
def _forget_the_job(**_: object) -> None:
    clear_contextvars()


def _processors() -> list[Callable[[Any, str, Facts], Facts]]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(allow=[]),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="ts"),
        _hide_words,
        _add_city,
        _tell_failure,
    ]


def _hide_words(_logger: Any, _method: str, facts: Facts) -> Facts:
    """Django names a failed request's path, which may carry a person's token; Celery the words of
    a failed job's error, which may quote a citizen. Route, error and place are told beside it.
    """
    facts["event"] = SAID_BY_US.get(str(facts.get("logger")), facts.get("event"))
    return facts


def _add_city(_logger: Any, _method: str, facts: Facts) -> Facts:
    if facts.get("city") is None:
        city = current_city_or_none()
        facts["city"] = city.code if city else None
    return facts


def _tell_failure(_logger: Any, _method: str, facts: Facts) -> Facts:
    """An error's class and place. Its message only in the demo: it may quote a citizen's data."""
    given = facts.pop("exc_info", None)
    error = _error_of(given, facts.get("_record"))
    if error is None:
        return facts
    kind = type(error)
    facts["error"] = f"{kind.__module__}.{kind.__qualname__}"
    facts["where"] = _places(error.__traceback__)
    if env.is_demo:
        facts["error_message"] = str(error)
    return facts


def _error_of(given: Any, record: logging.LogRecord | None) -> BaseException | None:
    """Structlog gives True, an error or a triple; the standard library keeps it on its record."""
    if record is not None and record.exc_info:
        given, record.exc_info, record.exc_text = record.exc_info, None, None
    if isinstance(given, tuple):
        return given[1] if isinstance(given[1], BaseException) else None
    if isinstance(given, BaseException):
        return given
    return sys.exception() if given else None


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-FRAMES_KEPT:]
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
