"""`sodam status`: what runs for this home, and where."""

import argparse
from typing import Any

from sodam.cli.answers import Code, formats, show_facts
from sodam.cli.version import revision
from sodam.runtime import state
from sodam.runtime.paths import default_home
from sodam.runtime.processes import is_alive

SERVICES = ("postgres", "valkey", "web", "worker", "beat", "provisioner", "supervisor")


def add(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """status [--format json]; exit code 1 when nothing runs."""
    command = nouns.add_parser("status", help="무엇이 어디에서 실행 중인지")
    formats(command)
    command.set_defaults(run=_status)


def _status(options: argparse.Namespace) -> int:
    now = state.read()
    is_running = is_alive(now.processes.get("supervisor"))
    facts: dict[str, Any] = {
        "url": f"http://localhost:{now.port}/" if is_running else None,
        "port": now.port if is_running else None,
        "ready": is_running and now.is_ready,
        "revision": revision(),
        "home": str(default_home()),
        "data_directory": now.data_directory or None,
        "services": {name: _service(now, name) for name in SERVICES},
    }
    show_facts(facts, form=options.format)
    return Code.OK if is_running else Code.FAILURE


def _service(now: state.State, name: str) -> dict[str, Any]:
    mark = now.processes.get(name)
    if not is_alive(mark):
        return {"state": "stopped", "pid": None}
    return {"state": "running", "pid": mark[0] if mark else None}
