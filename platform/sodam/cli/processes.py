"""Django when a command needs it, and Sodam calling itself as the owner of the database."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

OWNERS_ONLY = ("SODAM_SUPERUSER_URL", "SODAM_OWNER_DATABASE_URL", "SODAM_BACKUP_IDENTITY_FILE")


def load_django() -> None:
    """Settings, apps and logs; seconds are spent only by commands that need them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sodam.settings")
    os.environ.setdefault("SODAM_LOG_LEVEL", "WARNING")
    import django

    django.setup()
    from sodam import celery  # noqa: F401  # else jobs enqueued here seek another broker
    from sodam.logs import configure_logging

    configure_logging()


def is_owner() -> bool:
    """Is this the process that may open cities and migrate?"""
    return os.environ.get("SODAM_PROCESS") == "owner"


def as_owner(arguments: Sequence[str], *, extra: Mapping[str, str] | None = None) -> int:
    """Runs one command in a process of its own that has the owner's login; its exit code."""
    environment = {**os.environ, "SODAM_PROCESS": "owner", **(extra or {})}
    return subprocess.run(own_command(*arguments), env=environment, check=False).returncode


def own_command(*arguments: str) -> list[str]:
    """This command line, in a new process."""
    return [sys.executable, "-m", "sodam.cli", *arguments]


def owner_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """What the provisioner gets: the owner's address, never the superuser's."""
    kept = {name: value for name, value in os.environ.items() if name != "SODAM_SUPERUSER_URL"}
    return {
        **kept,
        "SODAM_PROCESS": "owner",
        "DJANGO_SETTINGS_MODULE": "sodam.settings",
        "PYTHONUNBUFFERED": "1",
        **extra,
    }


def serving_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """What web, worker and beat get: never the owner's or the superuser's address."""
    kept = {name: value for name, value in os.environ.items() if name not in OWNERS_ONLY}
    return {
        **kept,
        "SODAM_PROCESS": "serving",
        "DJANGO_SETTINGS_MODULE": "sodam.settings",
        "PYTHONUNBUFFERED": "1",
        **extra,
    }
