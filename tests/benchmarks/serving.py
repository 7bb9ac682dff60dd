"""A web process as `sodam up` starts it, for suites that ask over sockets."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sodam.cli import parts
from tests.support.environment import run_folder

REPOSITORY = Path(__file__).resolve().parents[2]


@contextmanager
def served(application: str, environment: Mapping[str, str]) -> Iterator[int]:
    """A web process with this application; its port."""
    with (
        socket.create_server(("127.0.0.1", 0), backlog=256) as listening,
        (run_folder() / "bench.web.log").open("ab") as log,
    ):
        part = parts.web(listening, environment={})
        command = [application if "wsgi" in word else word for word in part.command]
        process = subprocess.Popen(
            command,
            cwd=REPOSITORY,
            env={**os.environ, **environment},
            pass_fds=[listening.fileno()],
            stderr=log,
        )
        try:
            yield int(listening.getsockname()[1])
        finally:
            process.terminate()
            process.wait(30)
