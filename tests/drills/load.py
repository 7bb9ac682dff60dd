"""People who use the product all the time: every answer is noted, and everything that was none.

Every second one keeps its connection, as a browser does, and like one asks again on a new one when
a kept one was closed before a byte came (RFC 9112, 9.3.1); that is counted as `asked_again`.
"""

from __future__ import annotations

import http.client
import itertools
import statistics
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

PATIENCE_SECONDS = 30.0


@dataclass(frozen=True)
class Request:
    """One thing that somebody does. `wanted`: the statuses that are no failure."""

    host: str
    path: str
    method: str = "GET"
    body: Callable[[int], bytes] | None = None
    headers: Callable[[int], dict[str, str]] = lambda _number: {}
    wanted: frozenset[int] = frozenset({200, 201})


@dataclass(frozen=True, slots=True)
class Answer:
    """When it was asked (seconds of the monotonic clock), by whom, and how long it took."""

    at: float
    host: str
    seconds: float


@dataclass
class Load:
    """`with Load(port, requests): …`: the clients ask one after another until the block ends."""

    port: int
    requests: Sequence[Request]
    clients: int = 4
    pause_seconds: float = 0.0
    answers: list[Answer] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)
    bodies: Counter[bytes] = field(default_factory=Counter)
    asked_again: int = 0
    _ended: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._numbers = itertools.count()

    def __enter__(self) -> Load:
        for number in range(self.clients):
            thread = threading.Thread(target=self._ask_on, args=(number % 2 == 1,), daemon=True)
            self._threads.append(thread)
            thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        """The last answers are waited for."""
        self._ended.set()
        for thread in self._threads:
            thread.join(PATIENCE_SECONDS * 2)

    def wait_for_answers(self, count: int) -> None:
        """Until so many more answers have come. Raises TimeoutError."""
        wanted, until = len(self.answers) + count, time.monotonic() + PATIENCE_SECONDS * 2
        while len(self.answers) < wanted:
            if time.monotonic() > until:
                raise TimeoutError(f"{len(self.answers)} of {wanted}; {self.failures[:3]}")
            time.sleep(0.02)

    def answered(self, *, since: float, until: float) -> int:
        """How many were asked for in this time."""
        return sum(since <= one.at < until for one in list(self.answers))

    def p95_ms(self, *, since: float = 0.0, until: float = float("inf")) -> float:
        """Of the answers that were asked for in this time; 0 when there were none."""
        took = [one.seconds * 1000 for one in list(self.answers) if since <= one.at < until]
        return round(statistics.quantiles(took, n=20)[-1], 1) if len(took) > 1 else 0.0

    def by_host(self) -> dict[str, int]:
        """Host -> answers."""
        counts: dict[str, int] = defaultdict(int)
        for one in list(self.answers):
            counts[one.host] += 1
        return dict(counts)

    def _ask_on(self, keeps: bool) -> None:
        kept: http.client.HTTPConnection | None = None
        while not self._ended.is_set():
            number = next(self._numbers)
            request = self.requests[number % len(self.requests)]
            kept = self._ask(request, number, kept)
            if kept is not None and not keeps:
                kept.close()
                kept = None
            time.sleep(self.pause_seconds)
        if kept is not None:
            kept.close()

    def _ask(
        self, request: Request, number: int, kept: http.client.HTTPConnection | None
    ) -> http.client.HTTPConnection | None:
        """The connection, when it may be used again."""
        started = time.monotonic()
        try:
            answer, body, used = self._sent(request, number, kept)
        except (OSError, http.client.HTTPException) as broken:
            self._note(request, f"{type(broken).__name__}: {broken}")
            return None
        if answer.status not in request.wanted:
            self._note(request, f"{answer.status} {body[:200].decode(errors='replace')}")
        else:
            self.answers.append(Answer(started, request.host, time.monotonic() - started))
            if len(body) <= 64:
                self.bodies[body] += 1
        if answer.will_close:
            used.close()
            return None
        return used

    def _sent(
        self, request: Request, number: int, kept: http.client.HTTPConnection | None
    ) -> tuple[http.client.HTTPResponse, bytes, http.client.HTTPConnection]:
        if kept is not None:
            try:
                return self._send(kept, request, number)
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                kept.close()
                self.asked_again += 1
        fresh = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        return self._send(fresh, request, number)

    def _send(
        self, connection: http.client.HTTPConnection, request: Request, number: int
    ) -> tuple[http.client.HTTPResponse, bytes, http.client.HTTPConnection]:
        headers = {"Host": f"{request.host}:{self.port}", **request.headers(number)}
        body = request.body(number) if request.body else None
        connection.request(request.method, request.path, body=body, headers=headers)
        answer = connection.getresponse()
        return answer, answer.read(), connection

    def _note(self, request: Request, words: str) -> None:
        self.failed[request.host] += 1
        self.failures.append(f"{request.method} {request.host}{request.path}: {words}")
