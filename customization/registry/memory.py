"""How much memory may be taken while strangers' functions run: a bound for the whole process.

Beyond it Python raises MemoryError, in the function as a rule; nobody else needs so much within
the milliseconds such a call lasts. Where the system has no such bound nothing is done.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import resource
except ImportError:  # not on Linux
    resource = None  # type: ignore[assignment]

MORE_BYTES = 512 * 1024 * 1024
_STATM = Path("/proc/self/statm")

_lock = threading.Lock()
_inside = 0
_before: tuple[int, int] = (0, 0)


@contextmanager
def memory_bound() -> Iterator[None]:
    """At most MORE_BYTES more than now, until the last one inside leaves."""
    global _inside
    with _lock:
        _inside += 1
        if _inside == 1:
            _narrow()
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if _inside == 0:
                _widen()


def _narrow() -> None:
    global _before
    if resource is None or not _STATM.exists():
        return
    _before = resource.getrlimit(resource.RLIMIT_AS)
    bound = _bytes_now() + MORE_BYTES
    highest = _before[1]
    if highest == resource.RLIM_INFINITY or bound < highest:
        resource.setrlimit(resource.RLIMIT_AS, (bound, highest))


def _widen() -> None:
    if resource is not None and _STATM.exists():
        resource.setrlimit(resource.RLIMIT_AS, _before)


def _bytes_now() -> int:
    return int(_STATM.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
