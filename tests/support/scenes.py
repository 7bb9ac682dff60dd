"""Scenes that only another process can play: the owner's, or one with settings of its own.

Each is a module of `tests.support` that prints what happened as JSON; tests judge what it tells.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from tests.support import cluster, environment

SETTINGS = "sodam.settings"


def facts_of(module: str, **given: Any) -> dict[str, Any]:
    """What a module of scenes tells. `given`: as for `played`."""
    return dict(json.loads(played(module, **given)))


def played(
    module: str,
    *,
    environ: Mapping[str, str] | None = None,
    process: str = "owner",
    settings: str = SETTINGS,
) -> str:
    """Run the module to its end; its standard output."""
    own = {"SODAM_PROCESS": process, "DJANGO_SETTINGS_MODULE": settings}
    done = subprocess.run(
        [sys.executable, "-m", module],
        cwd=cluster.REPOSITORY,
        env={**os.environ, **(environ or {}), **own},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    sys.stderr.write(done.stderr)  # the seconds of each scene
    return done.stdout


def place_of_its_own(name: str) -> dict[str, str]:
    """A database and login roles that no other test sees: what a process needs to use them."""
    found, name = cluster.start_once(), f"{name}_{environment.worker()}"
    port, broker = int(found["postgres_port"]), found["broker_url"]
    environ = environment.addresses(name, postgres_port=port, broker_url=broker)
    cluster.run_as_owner("prepare", superuser_url=found["superuser_url"], environ=environ)
    return environ
