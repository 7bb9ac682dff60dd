"""One of several keeps the clock: a lease at the broker, renewed while its holder lives.

Two clocks would do no harm (jobs are idempotent), but they would double what workers look at.
"""

import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from types import FrameType
from uuid import uuid4

from redis import Redis
from redis.exceptions import RedisError

TAKE = """
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
"""
GIVE_BACK = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end"


class Lease:
    """A name that one holder has at a time, for at most `seconds` after it last renewed it."""

    def __init__(self, url: str, name: str, *, seconds: float) -> None:
        self.seconds = seconds
        self._server = Redis.from_url(url, socket_timeout=seconds / 3)
        self._key, self._token = f"sodam:lease:{name}", uuid4().hex

    def is_held(self) -> bool:
        """Take it when it is free, renew it when it is ours. No while the broker is away."""
        try:
            taken = self._server.eval(TAKE, 1, self._key, self._token, int(self.seconds * 1000))
        except RedisError:
            return False
        return bool(taken)

    def give_back(self) -> None:
        """The next one need not wait for the end of the lease."""
        try:
            self._server.eval(GIVE_BACK, 1, self._key, self._token)
        except RedisError:
            return


class Leader:
    """Runs a command only while it holds the lease."""

    def __init__(self, lease: Lease, command: Sequence[str], *, say: Callable[[str], None]) -> None:
        self._lease, self._command, self._say = lease, command, say
        self._is_stopping = False

    def listen_for_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)

    def run(self) -> int:
        """Wait for the lease, then run until told to stop, until the command ends, or until the
        lease is lost: then 1, so that whoever started this starts it anew."""
        while not self._is_stopping and not self._lease.is_held():
            time.sleep(self._lease.seconds / 3)
        if self._is_stopping:
            return 0
        self._say("leading")
        try:
            return self._lead()
        finally:
            self._lease.give_back()

    def _lead(self) -> int:
        child = subprocess.Popen(self._command)
        renewed = time.monotonic()
        while child.poll() is None and not self._is_stopping:
            time.sleep(0.2)
            if time.monotonic() - renewed >= self._lease.seconds / 3:
                renewed = time.monotonic()
                if not self._lease.is_held():
                    self._say("the lease is lost")
                    return _ended(child) or 1
        return child.returncode if child.poll() is not None else _ended(child)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._is_stopping = True


def _ended(child: "subprocess.Popen[bytes]") -> int:
    child.terminate()
    try:
        child.wait(10)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    return 0
