"""The facts of all scenes with a city's archive, in a database of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support import cluster, environment

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def facts() -> dict[str, Any]:
    """What the owner's process tells; Busan was filled by a serving process before."""
    found, name = cluster.start_once(), f"archive_{environment.worker()}"
    port, broker = int(found["postgres_port"]), found["broker_url"]
    environ = environment.addresses(name, postgres_port=port, broker_url=broker)
    cluster.run_as_owner("prepare", superuser_url=found["superuser_url"], environ=environ)
    _run("tests.support.archive_city", environ, process="serving")
    return dict(json.loads(_run("tests.support.archiving", environ, process="owner")))


def _run(module: str, environ: dict[str, str], *, process: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module],
        cwd=REPOSITORY,
        env={
            **os.environ,
            **environ,
            "SODAM_PROCESS": process,
            "DJANGO_SETTINGS_MODULE": "sodam.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    sys.stderr.write(done.stderr)  # the seconds of each scene
    return done.stdout
