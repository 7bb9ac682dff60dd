"""The small demo world, built once for the sources of today; other products begin with a copy.

Building takes a minute of both processors. The copy is a whole home: database, files, secrets. Any
change of the product's sources, and the next day, makes it anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCES = ("platform", "tenants", "core_crm", "customization", "plugins", "fixtures")
LEFT_OUT = ("logs", "state.json", "state.lock", "up.lock", "beat", "valkey")
IS_COMPLETE = "world-is-complete"
DATABASE = "pg/data"


def kept_world() -> Path:
    """Where the world of these sources and this day is kept, if it has been built."""
    return REPOSITORY / ".sodam" / "cache" / f"world-{_digest()}"


def begin_with_a_copy(home: Path) -> bool:
    """Give a home that was never started the kept world; False when there is none yet."""
    kept = kept_world()
    if not (kept / IS_COMPLETE).exists():
        return False
    _copy(kept, home)
    (home / "state.json").write_text(json.dumps({"demo_world": "small"}), encoding="utf-8")
    return True


def keep(home: Path) -> None:
    """Keep the world of a home whose servers are stopped; older ones are thrown away.

    Today's own is never taken away: another run may be copying it. A home whose database lies
    elsewhere, since Postgres' user cannot enter it, would be kept without one: RuntimeError.
    """
    if not (home / DATABASE).exists():
        raise RuntimeError(f"{home} has no database in it: can Postgres' user enter the folder?")
    kept = kept_world()
    kept.parent.mkdir(parents=True, exist_ok=True)
    with (kept.parent / "world.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not (kept / IS_COMPLETE).exists():
            _keep(home, kept)


def _keep(home: Path, kept: Path) -> None:
    """Whole or not at all: it gets its name when it is complete."""
    part = kept.with_suffix(".part")
    for old in kept.parent.glob("world-*"):
        shutil.rmtree(old, ignore_errors=True)
    _copy(home, part)
    for name in LEFT_OUT:
        path = part / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    (part / IS_COMPLETE).touch()
    part.rename(kept)


def _copy(source: Path, target: Path) -> None:
    """With owners and modes: the database's files belong to its own user."""
    target.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", f"{source}/.", str(target)], check=True)


def _digest() -> str:
    digest = hashlib.sha256(f"{sys.version}{date.today()}".encode())  # noqa: DTZ011 - this machine's day
    for path in _files():
        digest.update(f"{path.relative_to(REPOSITORY)}".encode() + path.read_bytes())
    return digest.hexdigest()[:24]


def _files() -> list[Path]:
    found = (path for name in SOURCES for path in (REPOSITORY / name).rglob("*"))
    return sorted(path for path in found if path.is_file() and _counts(path))


def _counts(path: Path) -> bool:
    """What is made at set-up, or only looks, does not change the world."""
    return path.suffix in (".py", ".yaml", ".csv", ".json", ".sql") and not (
        {"node_modules", "__pycache__", "static"} & set(path.parts)
    )
