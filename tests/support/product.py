"""The whole product, once per worker: `sodam up` with a small demo world in a home of its own.

Two workers never share one: what one officer answers must not vanish under another test's hands.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tests.support import worlds
from tests.support.environment import run_folder, worker

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 240


@dataclass(frozen=True)
class RunningSodam:
    """A product that answers at `port`; its hosts are names of this machine."""

    port: int
    home: Path

    def url(self, host: str, path: str = "/") -> str:
        """`url("busan", "/track")`; `host` "" is the page of all doors."""
        name = f"{host}.localhost" if host else "localhost"
        return f"http://{name}:{self.port}{path}"

    def cli(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `sodam …` against this product."""
        command = [sys.executable, "-m", "sodam.cli", *arguments]
        return subprocess.run(
            command, cwd=REPOSITORY, env=_environment(self.home), capture_output=True, text=True
        )

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        """`sodam …` as somebody at a terminal starts it; what it says can be read meanwhile."""
        return subprocess.Popen(
            [sys.executable, "-m", "sodam.cli", *arguments],
            cwd=REPOSITORY,
            env=_environment(self.home),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ask(
        self,
        host: str,
        path: str,
        *,
        data: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, bytes]:
        """An HTTP request with the host in its header (names of *.localhost need no resolver)."""
        name = f"{host}.localhost:{self.port}" if host else f"localhost:{self.port}"
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=data,
            headers={"Host": name, **(headers or {})},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return int(answer.status), bytes(answer.read())
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read()

    def processes(self) -> dict[str, int]:
        """Part of the product -> its process id, as `up` noted them."""
        state = json.loads((self.home / "state.json").read_text(encoding="utf-8"))
        return {name: int(mark[0]) for name, mark in state["processes"].items() if mark}

    def kill(self, part: str) -> None:
        """SIGKILL one part, as soon as it runs (again); the supervisor must bring it back."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                return os.kill(self.processes()[part], signal.SIGKILL)
            except (ProcessLookupError, KeyError):  # killed before, and not yet started anew
                time.sleep(0.2)
        raise RuntimeError(f"{part} never came back:\n{_last_words(self.home)}")

    def wait_until_ready(self) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                if self.ask("", "/readyz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.3)
        raise RuntimeError(f"Sodam did not get ready:\n{_last_words(self.home)}")


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SODAM_")}
    return {**kept, "SODAM_HOME": str(home), "SODAM_DEMO_SIZE": "small", "SODAM_MODE": "demo"}


def _last_words(home: Path) -> str:
    log = home.with_suffix(".log")
    return log.read_text(encoding="utf-8", errors="replace")[-4000:] if log.exists() else "nothing"


def start_product() -> RunningSodam:
    """Start this worker's product, one after another for their ports; wait until it is ready."""
    home = run_folder() / f"product-{worker()}"
    with (run_folder() / "product.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not worlds.begin_with_a_copy(home):
            _build(home)
        product = RunningSodam(port=_launch(home), home=home)
    product.wait_until_ready()
    return product


def _build(home: Path) -> None:
    """The first product makes the world from nothing, and leaves the others a copy of it."""
    RunningSodam(port=_launch(home), home=home).wait_until_ready()
    _stop(home)
    worlds.keep(home)


def _launch(home: Path) -> int:
    home.mkdir(parents=True, exist_ok=True)
    with home.with_suffix(".log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "sodam.cli", "up"],
            cwd=REPOSITORY,
            env=_environment(home),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return _port_of(home, process)


def _port_of(home: Path, process: subprocess.Popen[bytes]) -> int:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            port = int(json.loads((home / "state.json").read_text(encoding="utf-8"))["port"])
        except (FileNotFoundError, json.JSONDecodeError, KeyError):
            port = 0
        if port:
            return port
        time.sleep(0.2)
    raise RuntimeError(f"`sodam up` ended or took no port:\n{_last_words(home)}")


def stop_products() -> None:
    """End those that this run started."""
    for home in run_folder().glob("product-*/"):
        _stop(home)


def _stop(home: Path) -> None:
    command = [sys.executable, "-m", "sodam.cli", "down"]
    subprocess.run(command, cwd=REPOSITORY, env=_environment(home), check=False, timeout=60)
