"""The running product's provisioner: its rights, and that a kill of everything loses nothing."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.support.product import RunningSodam

PATIENCE_SECONDS = 120
NOTICED_SECONDS = 6


def environ_of(pid: int) -> dict[str, str]:
    given = Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
    return dict(line.partition("=")[::2] for line in given if line)


def runners(home: Path) -> list[int]:
    """Processes of this home that do an operation, for the terminal or for the provisioner."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if b"operation" in words and environ_of(int(folder.name))["SODAM_HOME"] == str(home):
                found.append(int(folder.name))
    return found


def wait_for(what: Callable[[], bool], *, seconds: float = PATIENCE_SECONDS) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "It did not come to pass."
        time.sleep(0.1)


def test_it_logs_in_as_the_owner_and_never_as_the_superuser(running_sodam: RunningSodam) -> None:
    parts = running_sodam.processes()
    mine = environ_of(parts["provisioner"])
    assert mine["SODAM_PROCESS"] == "owner"
    assert "SODAM_SUPERUSER_URL" not in mine
    for name in ("web", "worker", "beat"):
        assert environ_of(parts[name])["SODAM_PROCESS"] == "serving"


def test_terminal_runner_and_provisioner_killed_the_city_is_opened_all_the_same(
    running_sodam: RunningSodam,
) -> None:
    """And it is suspended, resumed and erased as an operator would: nothing of it is left."""
    home = running_sodam.home
    asking = running_sodam.begin("city", "open", "ulsan")
    assert asking.stderr is not None
    for line in asking.stderr:
        if "✓ tables" in line:
            break
    for pid in [asking.pid, *runners(home), running_sodam.processes()["provisioner"]]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    asking.stderr.close()
    asking.wait()
    wait_for(lambda: running_sodam.ask("ulsan", "/")[0] == 200)
    assert running_sodam.cli("city", "suspend", "ulsan").returncode == 0
    wait_for(lambda: running_sodam.ask("ulsan", "/")[0] == 503, seconds=NOTICED_SECONDS)
    gone = running_sodam.cli("city", "close", "ulsan", "--erase", "--yes")
    assert gone.returncode == 0, gone.stderr
    wait_for(lambda: running_sodam.ask("ulsan", "/")[0] == 404, seconds=NOTICED_SECONDS)
