"""A small loader: several clients with connections kept alive, driven by one thread.

It costs little beside the servers it drives (they share the machine), and the same for each.
"""

from __future__ import annotations

import itertools
import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.benchmarks.harness import sized
from tests.benchmarks.wsgi import RequestFailed

PATIENCE_SECONDS = 120.0


@dataclass
class Load:
    """Posts to a port; `request(number)` makes the bytes of one request. 201 is wanted."""

    port: int
    request: Callable[[int], bytes]
    clients: int = sized(8, small=2)
    answered: int = 0
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    def rate(self, seconds: float) -> float:
        """Answers per second, over about so many seconds. Raises RequestFailed."""
        with selectors.DefaultSelector() as waiting:
            started = time.perf_counter()
            for _ in range(self.clients):
                self._send(self._connect(waiting))
            count = self._until(started + seconds, waiting)
        self.answered += count
        return count / (time.perf_counter() - started)

    def _connect(self, waiting: selectors.DefaultSelector) -> socket.socket:
        client = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        waiting.register(client, selectors.EVENT_READ)
        return client

    def _send(self, client: socket.socket) -> None:
        client.sendall(self.request(next(self._numbers)))

    def _until(self, end: float, waiting: selectors.DefaultSelector) -> int:
        """Ask again after each answer until the end; each client's last answer is waited for."""
        count = 0
        while waiting.get_map():
            ready = waiting.select(PATIENCE_SECONDS)
            if not ready:
                raise RequestFailed("the server answered nobody any more")
            for key, _events in ready:
                client = key.fileobj
                assert isinstance(client, socket.socket)
                stays = _answer(client)
                count += 1
                if stays and time.perf_counter() < end:
                    self._send(client)
                    continue
                waiting.unregister(client)
                client.close()
                if time.perf_counter() < end:
                    self._send(self._connect(waiting))
        return count


def _answer(client: socket.socket) -> bool:
    """Read one answer; whether the connection is kept. Raises RequestFailed unless it is 201."""
    given = b""
    while True:
        more = client.recv(65536)
        given += more
        head, ended, body = given.partition(b"\r\n\r\n")
        if not more or (ended and len(body) >= _length(head)):
            break
    if not given.startswith(b"HTTP/1.1 201 "):
        raise RequestFailed(given[:600].decode(errors="replace"))
    return b"connection: close" not in head.lower()


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name == b"content-length":
            return int(value)
    raise RequestFailed(f"an answer without its length: {head[:300]!r}")
