"""Loaded by pytest before Django's settings: a home and a role prefix for this run only.

Under xdist the controller chooses once and its workers inherit; each worker has its own database
and role prefix in the one throw-away Postgres that the first one to need it starts.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

OWNER_PASSWORD = "owner-of-the-tests"


def worker() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def run_folder() -> Path:
    return Path(os.environ["SODAM_TEST_RUN"])


def _choose() -> None:
    if "SODAM_TEST_RUN" in os.environ:
        return
    os.environ["SODAM_TEST_RUN"] = tempfile.mkdtemp(prefix="sodam-test-")
    run_folder().chmod(0o711)  # the user whom root lends to Postgres must get through
    os.environ["SODAM_TEST_OWNER_PID"] = str(os.getpid())


def addresses(name: str, *, postgres_port: int, broker_url: str) -> dict[str, str]:
    """The environment of a process that has a database, a home and login roles of its own."""
    database = f"127.0.0.1:{postgres_port}/t_{name}"
    return {
        "SODAM_HOME": str(run_folder() / name),
        "SODAM_MODE": "demo",
        "SODAM_ROLE_PREFIX": f"t_{name}_",
        "SODAM_DATABASE_URL": f"postgresql://{database}",
        "SODAM_OWNER_DATABASE_URL": f"postgresql://t_{name}_owner:{OWNER_PASSWORD}@{database}",
        "SODAM_BROKER_URL": broker_url,
        "SODAM_ADDRESS_REQUESTS": "0",  # all tests come from one address
        "SODAM_ADDRESS_FORMS": "0",
    }


def announce(*, postgres_port: int = 1, broker_url: str = "redis://127.0.0.1:1/0") -> None:
    """Tell settings and child processes where the servers are; port 1 before they start."""
    given = addresses(worker(), postgres_port=postgres_port, broker_url=broker_url)
    os.environ.update(given)


def owns_the_run() -> bool:
    return os.environ.get("SODAM_TEST_OWNER_PID") == str(os.getpid())


def discard_run() -> None:
    shutil.rmtree(run_folder(), ignore_errors=True)


_choose()
announce()
