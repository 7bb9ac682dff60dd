"""Where this installation keeps its data, and how to write a file that no crash can tear."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]


def default_home() -> Path:
    """SODAM_HOME, else `.sodam` of the project, else (installed wheel) the user's data folder."""
    given = os.environ.get("SODAM_HOME", "")
    if given:
        return Path(given).expanduser().resolve()
    if (PROJECT / "pyproject.toml").exists():
        return PROJECT / ".sodam"
    share = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(share) / "sodam"


def cache_folder() -> Path:
    """Things that can be made again, shared by all clones of one user."""
    if os.geteuid() == 0:
        return Path("/var/cache/sodam")
    given = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(given) / "sodam"


@contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Waits for the others; the kernel frees the lock when its holder dies, however it dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def write_whole(path: Path, text: str, *, mode: int = 0o644) -> None:
    """Readers see the old file or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        os.fchmod(out.fileno(), mode)
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    Path(name).replace(path)
