"""What a cluster's monitoring reads: figures without persons, on a port of their own."""

from collections.abc import Callable, Iterable, Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.db import Error as DatabaseError

from sodam.celery import jobs_waiting
from tenants.context import serving_platform
from tenants.sql import tuples

Sample = tuple[str, str, str, float]  # name, label, its value, figure
_HELP = {
    "sodam_queue_waiting": "Jobs that wait, by class of work.",
    "sodam_cities": "Cities by state.",
    "sodam_operations": "Operations of the owner by state.",
    "sodam_up": "1 when the part answers.",
}


def serve_metrics(*, host: str, port: int) -> None:
    """Answer /metrics until the process ends."""
    with make_server(host, port, application, handler_class=_Quiet) as server:
        server.serve_forever()


def application(given: dict[str, object], start: Callable[..., object]) -> Iterable[bytes]:
    """The one page; everything else is not found."""
    if given.get("PATH_INFO") != "/metrics":
        start("404 Not Found", [("Content-Type", "text/plain")])
        return [b"not found\n"]
    start("200 OK", [("Content-Type", "text/plain; version=0.0.4; charset=utf-8")])
    return [exposition([*_of_broker(), *_of_database()]).encode()]


def exposition(samples: list[Sample]) -> str:
    """Prometheus' text format, all samples of a name together."""
    lines = []
    for name, words in _HELP.items():
        lines += [f"# HELP {name} {words}", f"# TYPE {name} gauge"]
        lines += [
            f'{found}{{{label}="{value}"}} {figure:g}'
            for found, label, value, figure in samples
            if found == name
        ]
    return "\n".join(lines) + "\n"


def _of_broker() -> Iterator[Sample]:
    waiting = jobs_waiting()
    yield "sodam_up", "part", "broker", waiting is not None
    for name, count in (waiting or {}).items():
        yield "sodam_queue_waiting", "queue", name, count


def _of_database() -> Iterator[Sample]:
    try:
        with serving_platform():
            cities = tuples("SELECT status, count(*) FROM tenants_city GROUP BY 1")
            operations = tuples("SELECT state, count(*) FROM tenants_operation GROUP BY 1")
    except DatabaseError:
        yield "sodam_up", "part", "database", 0
        return
    yield "sodam_up", "part", "database", 1
    yield from (("sodam_cities", "state", state, count) for state, count in cities)
    yield from (("sodam_operations", "state", state, count) for state, count in operations)


class _Quiet(WSGIRequestHandler):
    """One line every fifteen seconds would tell nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base's name
        return
