"""PgBouncer's file of users, kept up to date: a city opened at run time is in it soon."""

import os
import signal
from pathlib import Path

from django.db import Error as DatabaseError

from sodam.cli.answers import say
from sodam.runtime.paths import write_whole
from tenants.isolation.userlist import shared_userlist, userlist


def write_userlist(path: Path) -> bool:
    """Write the file when it would change; whether it did.

    Before the first preparation there is no city to ask for: then the shared roles stand in it.
    A database that is away later leaves the file as it is.
    """
    try:
        wanted = userlist()
    except DatabaseError as failure:
        say(f"userlist: {type(failure).__name__}")
        if path.exists():
            return False
        wanted = shared_userlist()
    if path.exists() and path.read_text(encoding="utf-8") == wanted:
        return False
    write_whole(path, wanted, mode=0o600)
    say(f"userlist: {wanted.count(chr(10))}")
    return True


def tell_pgbouncer(pid_file: Path) -> bool:
    """Have it read its file again; whether it runs. One that starts later reads the new file."""
    try:
        os.kill(int(pid_file.read_text(encoding="utf-8")), signal.SIGHUP)
    except (FileNotFoundError, ValueError, ProcessLookupError):
        return False
    return True
