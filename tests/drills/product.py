"""A product of its own for a drill: a home with the small demo world, and its own sources."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any

import psycopg

from sodam.runtime.postgres import EmbeddedPostgres
from sodam.runtime.servers import DATABASE
from tests.drills.release import Release
from tests.support import worlds

PATIENCE_SECONDS = 240
OPEN_CITIES = (
    "SELECT code FROM tenants_city WHERE status = 'open' AND purpose = 'service' ORDER BY 1"
)


class DrilledProduct:
    """`with DrilledProduct(folder) as product:` runs `sodam up`; everything is ended and removed.

    `cities`: so many are open; of the world's others are closed before the start, and further ones
    opened after it. None: those of the world. `fsync`: the disc is waited for, as in life.
    """

    def __init__(
        self, folder: Path, *, cities: int | None = None, web_processes: int = 2, fsync: bool = True
    ) -> None:
        self.release = Release(folder / "release")
        self.home = folder / "home"
        self.cities = cities
        self.web_processes = web_processes
        self.fsync = fsync
        self.keys: dict[str, list[str]] = {}  # city -> API keys of those who use it (traffic)
        self.port = 0
        self._up: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> DrilledProduct:
        if not worlds.begin_with_a_copy(self.home):
            self._launch()
            self._end()
            worlds.keep(self.home)
        if self.cities is not None:
            self._close_all_but(self.cities)
        self._launch()
        self.open_more(self.cities or 0)
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _failure: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._end()
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.rmtree(self.release.folder, ignore_errors=True)

    def cli(self, *arguments: str, wanted: int = 0) -> Any:
        """What `sodam … --format json` of today's release says; `wanted` is the exit code."""
        done = self._run([sys.executable, "-m", "sodam.cli", *arguments, "--format", "json"])
        if done.returncode != wanted:
            raise RuntimeError(f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    def python(self, code: str) -> str:
        """A few lines in the serving process of the release, for what no command does in bulk."""
        done = self._run([sys.executable, "-c", code])
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    def as_superuser(self, statement: str) -> list[Any]:
        """What no process of the product may do: break something by hand. The first column."""
        server = EmbeddedPostgres(self.home).start()
        with psycopg.connect(server.dsn(DATABASE), autocommit=True) as database:
            done = database.execute(statement.encode())
            return [row[0] for row in done] if done.description else []

    def page(self, host: str, path: str) -> bytes:
        """The body of a page that answers 200."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", headers={"Host": f"{host}:{self.port}"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return bytes(answer.read())

    def open_cities(self) -> list[str]:
        """Their codes. Raises RuntimeError when there is none: nothing could be drilled."""
        codes = [str(code) for code in self.as_superuser(OPEN_CITIES)]
        if not codes:
            raise RuntimeError(f"no city is open in {self.home}:\n{self.log()}")
        return codes

    def open_more(self, count: int) -> None:
        """Further governments, until so many cities are open."""
        if not count:
            return
        rows = self.cli("city", "list")
        others = [row["code"] for row in rows if row["status"] == "not_open"]
        for code in others[: max(0, count - len(self.open_cities()))]:
            self.cli("city", "open", code)

    def log(self) -> str:
        """The last that `up` said, for a failure."""
        path = self.home.with_suffix(".log")
        return path.read_text(encoding="utf-8", errors="replace")[-3000:] if path.exists() else ""

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SODAM_")}
        return {
            **kept,
            "PYTHONPATH": self.release.path,
            "SODAM_HOME": str(self.home),
            "SODAM_DEMO_SIZE": "small",
            "SODAM_MODE": "demo",
            "SODAM_WEB_PROCESSES": str(self.web_processes),
            "SODAM_FSYNC": "on" if self.fsync else "off",
            "DJANGO_SETTINGS_MODULE": "sodam.settings",
        }

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.release.folder,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    def _launch(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        with self.home.with_suffix(".log").open("w", encoding="utf-8") as log:
            self._up = subprocess.Popen(
                [sys.executable, "-m", "sodam.cli", "up"],
                cwd=self.release.folder,
                env=self.environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._is_ready():
            if self._up.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"`sodam up` did not get ready:\n{self.log()}")
            time.sleep(0.2)

    def _is_ready(self) -> bool:
        try:
            state = json.loads((self.home / "state.json").read_text(encoding="utf-8"))
            self.port = int(state["port"])
            return bool(state["is_ready"]) and self.page("localhost", "/readyz") == b"ready\n"
        except (OSError, ValueError, KeyError):
            return False

    def _end(self) -> None:
        if self._up is not None:
            self._up.send_signal(signal.SIGTERM)
            self._up.wait(60)
            self._up = None

    def _close_all_but(self, count: int) -> None:
        """Before the start: the drill looks at some cities only."""
        server = EmbeddedPostgres(self.home)
        running = server.start()
        with psycopg.connect(running.dsn(DATABASE), autocommit=True) as database:
            database.execute(
                "UPDATE tenants_city SET status = 'closed' WHERE code NOT IN (SELECT code FROM"
                " tenants_city WHERE status = 'open' ORDER BY code LIMIT %s)",
                [count],
            )
        server.stop()
