"""What a stranger's function may not do while it runs: an audit hook of the interpreter says no.

Held against mistakes and carelessness. A plugin is reviewed before it is installed; code that means
harm inside one process can always do some, and no hook changes that (PEP 578).
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

REFUSED = frozenset(
    {
        "ctypes.dlopen",
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.kill",
        "os.posix_spawn",
        "os.remove",
        "os.rename",
        "os.rmdir",
        "os.spawn",
        "os.system",
        "pty.spawn",
        "shutil.rmtree",
        "signal.pthread_kill",
        "socket.bind",
        "sqlite3.connect",
        "subprocess.Popen",
    }
)
NETWORK = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname"})
WRITING = frozenset("wax+")


class Barred(PermissionError):
    """The function did what no plugin may do."""


class _Here(threading.local):
    is_barred = False
    may_connect = False


_here = _Here()
_installed = threading.Event()


def bar() -> None:
    """From now on this thread runs strangers' functions only."""
    if not _installed.is_set():
        _installed.set()
        sys.addaudithook(_judge)
    _here.is_barred = True


@contextmanager
def network_open() -> Iterator[None]:
    """In this thread, for a gateway: it is there to talk to somebody."""
    _here.may_connect = True
    try:
        yield
    finally:
        _here.may_connect = False


def _judge(event: str, arguments: tuple[Any, ...]) -> None:
    if not _here.is_barred:
        return
    if event in REFUSED or (event in NETWORK and not _here.may_connect):
        raise Barred(f"a plugin may not do this: {event}")
    if event == "open" and isinstance(arguments[1], str) and WRITING & set(arguments[1]):
        raise Barred(f"a plugin may not write files: {arguments[0]!r}")
