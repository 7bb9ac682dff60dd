"""Plain Django in a process of its own: `with plain_django("busan") as plain:`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from tenants.context import city_role
from tenants.isolation.pools import role_password
from tests.benchmarks import wsgi
from tests.benchmarks.trips import trips_of

REPOSITORY = Path(__file__).resolve().parents[2]


class PlainDjango:
    """The other end of the pipe. Its pages: `tests.benchmarks.plain.urls`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def seconds_each(self, urls: list[str]) -> float:
        """How long one of these pages takes there, asked one after another."""
        return float(self._ask(do="seconds", urls=urls))

    def trips(self, url: str) -> dict[str, int]:
        """Round trips and statements of one page, for a figure's `exact`."""
        return dict(self._ask(do="trips", urls=[url]))

    def page(self, url: str) -> str:
        return str(self._ask(do="page", urls=[url]))

    def _ask(self, **wanted: Any) -> Any:
        asked, answers = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answers is not None
        asked.write(json.dumps(wanted) + "\n")
        asked.flush()
        line = answers.readline()
        if not line:
            raise RuntimeError("Plain Django ended; what it said stands above.")
        return json.loads(line)


@contextmanager
def plain_django(code: str) -> Iterator[PlainDjango]:
    """Plain Django at this city's tables, logged in as the city's own role."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.yardstick"],
        cwd=REPOSITORY,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.plain.settings",
            "SODAM_BENCH_PLAIN_URL": address(code),
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield PlainDjango(process)
        finally:
            if process.stdin is not None:
                process.stdin.close()


def address(code: str) -> str:
    role, place = city_role(code), settings.DATABASES["default"]
    login = f"{role}:{quote(role_password(role), safe='')}"
    return f"postgresql://{login}@{place['HOST']}:{place['PORT']}/{place['NAME']}"


def serve() -> None:
    """The other process: answers one line of JSON for each line of JSON."""
    app = get_wsgi_application()
    for line in sys.stdin:
        asked = json.loads(line)
        sys.stdout.write(json.dumps(_answer(app, asked["do"], asked["urls"])) + "\n")
        sys.stdout.flush()


def _answer(app: wsgi.Application, do: str, urls: list[str]) -> Any:
    if do == "seconds":
        return wsgi.seconds_each(app, urls, host="plain.test")
    if do == "trips":
        return trips_of(lambda: wsgi.get(app, urls[0], host="plain.test")).exact()
    return wsgi.get(app, urls[0], host="plain.test").decode()


if __name__ == "__main__":
    serve()
