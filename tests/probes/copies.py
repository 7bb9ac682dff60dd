"""A copy of this tree in a folder of its own, to be broken on purpose and thrown away."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCES = ("platform", "tenants", "core_crm", "customization", "plugins", "fixtures", "tests")
FILES = ("pyproject.toml",)
LINKED = ("platform/sodam/ui/static/vendor", "platform/sodam/ui/node_modules", ".sodam/cache")
"""Made by `make setup` and large: the copy points at them."""


@contextmanager
def copied_tree() -> Iterator[Path]:
    """The sources as they lie here, whether committed or not, with what was built from them."""
    with TemporaryDirectory(prefix="sodam-broken-") as made:
        root = Path(made)
        root.chmod(0o755)
        for name in SOURCES:
            shutil.copytree(REPOSITORY / name, root / name, ignore=_ignored, symlinks=True)
        for name in FILES:
            shutil.copy(REPOSITORY / name, root / name)
        for name in LINKED:
            _link(REPOSITORY / name, root / name)
        yield root


def environment_of(root: Path) -> dict[str, str]:
    """A test run in the copy: its sources before the installed ones, servers and home its own."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SODAM_", "PYTEST_"))
    }
    before = [str(root), str(root / "platform")]
    return {**kept, "PYTHONPATH": os.pathsep.join(before), "PYTHONDONTWRITEBYTECODE": "1"}


def pytest_command(*arguments: str) -> list[str]:
    """One process, which leaves nothing in the copy."""
    return [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *arguments]


def _ignored(folder: str, names: list[str]) -> set[str]:
    linked = {str(REPOSITORY / name) for name in LINKED}
    return {
        name
        for name in names
        if name in ("__pycache__", "node_modules") or os.path.join(folder, name) in linked
    }


def _link(source: Path, target: Path) -> None:
    if source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(source)
