"""The processes of a running Sodam: web, worker, beat and provisioner, as commands."""

import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from sodam.cli.processes import own_command
from sodam.runtime.supervisor import Part
from sodam.settings.environment import env

GRACE_SECONDS = 15


def web(listening: socket.socket, *, environment: Mapping[str, str]) -> Part:
    """Serves on a socket that the supervisor holds: a restart refuses no connection."""
    number = listening.fileno()
    command = web_command(f"fd://{number}")
    return Part(
        name="web",
        command=command,
        environment=environment,
        sockets=[number],
        speakers=env.web_processes,
    )


def worker(*, environment: Mapping[str, str]) -> Part:
    """Does what is due; what must be done is in Postgres, so any of its deaths is harmless."""
    return Part(name="worker", command=worker_command(), environment=environment)


def beat(home: Path, *, environment: Mapping[str, str]) -> Part:
    """Says every few seconds: look what is due."""
    return Part(name="beat", command=beat_command(home), environment=environment)


def provisioner(*, environment: Mapping[str, str]) -> Part:
    """The owner's process: what only it may do waits in Postgres while it is away."""
    return Part(name="provisioner", command=own_command("provisioner"), environment=environment)


def web_command(bind: str) -> list[str]:
    """gunicorn on this address (`0.0.0.0:8000`, or `fd://7` for a socket that is held already)."""
    command = [sys.executable, "-m", "gunicorn", "sodam.wsgi:application"]
    command += ["--bind", bind, "--worker-class", "gthread"]
    command += ["--workers", str(env.web_processes), "--threads", str(env.web_threads)]
    command += ["--timeout", "120", "--graceful-timeout", str(GRACE_SECONDS)]
    command += ["--config", "python:sodam.runtime.readiness"]
    return [*command, "--log-level", "warning", "--no-control-socket"]


def worker_command(queues: Sequence[str] = ()) -> list[str]:
    """A worker of these classes of work; of all of them when none is named."""
    command = [sys.executable, "-m", "celery", "-A", "sodam.celery", "worker"]
    command += ["--concurrency", str(env.worker_processes), "--loglevel", env.log_level]
    command += ["--without-gossip", "--without-mingle"]
    chosen = ["--queues", ",".join(queues)] if queues else []
    return [*command, "--hostname", f"{'-'.join(queues) or 'worker'}@%h", *chosen]


def beat_command(home: Path) -> list[str]:
    """The clock; what it remembers lies in this home."""
    folder = home / "beat"
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "celery", "-A", "sodam.celery", "beat"]
    command += ["--schedule", str(folder / "schedule"), "--pidfile", ""]
    return [*command, "--loglevel", env.log_level]
