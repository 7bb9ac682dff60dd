"""A home of its own for each test, in a folder that Postgres's lesser user can reach."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sodam.runtime.postgres import EmbeddedPostgres
from sodam.runtime.valkey import EmbeddedValkey


@pytest.fixture
def home() -> Iterator[Path]:
    """Below a path with a space, as a clone's may be. Whatever runs in it is ended."""
    made = Path(tempfile.mkdtemp(prefix="sodam home "))
    made.chmod(0o711)
    yield made
    EmbeddedValkey(made).stop()
    EmbeddedPostgres(made).destroy()
    shutil.rmtree(made, ignore_errors=True)
