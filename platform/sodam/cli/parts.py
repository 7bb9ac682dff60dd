"""The processes of a running Sodam: web, worker and beat, as commands."""

import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from sodam.runtime.supervisor import Part
from sodam.settings.environment import env

GRACE_SECONDS = 15


def web(listening: socket.socket, *, environment: Mapping[str, str]) -> Part:
    """Serves on a socket that the supervisor holds: a restart refuses no connection."""
    number = listening.fileno()
    command = [sys.executable, "-m", "gunicorn", "sodam.wsgi:application"]
    command += ["--bind", f"fd://{number}", "--worker-class", "gthread"]
    command += ["--workers", str(env.web_processes), "--threads", str(env.web_threads)]
    command += ["--timeout", "120", "--graceful-timeout", str(GRACE_SECONDS)]
    command += ["--log-level", "warning", "--no-control-socket"]
    return Part(name="web", command=command, environment=environment, sockets=[number])


def worker(*, environment: Mapping[str, str]) -> Part:
    """Does what is due; what must be done is in Postgres, so any of its deaths is harmless."""
    command = [sys.executable, "-m", "celery", "-A", "sodam.celery", "worker"]
    command += ["--concurrency", str(env.worker_processes), "--loglevel", env.log_level]
    command += ["--without-gossip", "--without-mingle", "--hostname", "worker@%h"]
    return Part(name="worker", command=command, environment=environment)


def beat(home: Path, *, environment: Mapping[str, str]) -> Part:
    """Says every few seconds: look what is due."""
    folder = home / "beat"
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "celery", "-A", "sodam.celery", "beat"]
    command += ["--schedule", str(folder / "schedule"), "--pidfile", ""]
    return Part(
        name="beat", command=[*command, "--loglevel", env.log_level], environment=environment
    )
