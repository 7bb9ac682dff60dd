"""One city floods the queue, imports and writes to many; what does another one notice?

The worker is that of `sodam up`: two processes for all classes of work. Looked at from the quiet
city: how long its jobs wait until they begin, and how long a citizen waits for the first page. The
baseline is the same flood first come, first served: as many jobs of a city at once as there are
processes.
"""

from __future__ import annotations

import http.client
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from core_crm.messaging.models import OutgoingMessage
from core_crm.messaging.services import message_queue
from core_crm.messaging.types import Lane, Recipient
from core_crm.voices.models import Voice
from core_crm.voices.services import voices_import
from sodam.celery import app
from tenants.context import serving_city
from tenants.isolation.broker import broker_client
from tenants.isolation.keys import city_cache
from tests.benchmarks.harness import Figure, counted, is_small, say, sized
from tests.benchmarks.serving import REPOSITORY, served
from tests.support.environment import run_folder
from tests.support.jobs import probe, rush
from tests.support.voices import an_office

LOUD, QUIET = "busan", "seoul"
SECONDS = sized(20.0, small=1.5)
JOBS, JOB_SECONDS = sized(200, small=10), 0.2
MESSAGES, ROWS = sized(3_000, small=20), sized(3_000, small=20)
GOAL_SECONDS, UNBOUNDED = 10.0, 10_000
GOAL_P95 = 0.8  # RELIABILITY: the others' p95 changes by a fifth at most
PAUSE_SECONDS, PROBE_EVERY_SECONDS, PATIENCE_SECONDS = 0.02, 0.5, 120.0
TEMPLATE = "voice_received"
WORDS = dict.fromkeys(("ref", "title", "department", "officer", "contact"), "가로등")
WORDS |= dict.fromkeys(("received_at", "due_at", "track_url"), "2026-11-25")
WORDS |= dict.fromkeys(("city_name", "city_short_name"), "부산")


@dataclass
class Seen:
    """What the quiet city saw: seconds of each page, and when each probe was sent."""

    pages: list[float] = field(default_factory=list)
    sent: dict[int, float] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)

    @property
    def p95_ms(self) -> float:
        return statistics.quantiles(self.pages, n=20, method="inclusive")[-1] * 1000


def run() -> Iterator[Figure]:
    for city in (LOUD, QUIET):
        with serving_city(city):
            an_office()
    with served("sodam.wsgi:application", {}) as port:
        with _worker({}):
            before = _look(port)
            with _noise():
                during = _look(port)
            done = _done()
        unfair = None if is_small() else _first_come_first_served(port)
    yield counted(
        "neighbour.queue_wait",
        round(max(during.waits), 3),
        goal=GOAL_SECONDS,
        unit="s, the longest",
        baseline_name="first come, first served",
        baseline_count=unfair,
        exact={"quiet_before": round(max(before.waits), 3), "probes": len(during.waits), **done},
    )
    ratio = before.p95_ms / during.p95_ms
    yield Figure(
        name="neighbour.page_p95",
        value=round(during.p95_ms, 1),
        unit="ms",
        baseline="the same page before the noise",
        baseline_value=round(before.p95_ms, 1),
        ratio=round(ratio, 3),
        rounds=1,
        goal=GOAL_P95,
        holds=ratio >= GOAL_P95,
        exact={"pages_before": len(before.pages), "pages_during": len(during.pages)},
    )


def _first_come_first_served(port: int) -> float:
    """The longest wait when a city has as many turns as it likes: whoever sends asks for them."""
    usual = settings.CITY_JOBS_AT_ONCE
    with _worker({"SODAM_CITY_JOBS": str(UNBOUNDED)}):
        settings.CITY_JOBS_AT_ONCE = UNBOUNDED
        try:
            _flood()
            return round(max(_look(port).waits), 3)
        finally:
            settings.CITY_JOBS_AT_ONCE = usual


def _look(port: int) -> Seen:
    """Ask for pages and send probes for a while; wait until the last probe has begun."""
    seen, line = Seen(), http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    until = time.monotonic() + SECONDS
    while time.monotonic() < until or not seen.pages[1:]:
        if not seen.sent or time.time() - max(seen.sent.values()) >= PROBE_EVERY_SECONDS:
            _send_probe(seen)
        seen.pages.append(_page_seconds(line))
        time.sleep(PAUSE_SECONDS)
    line.close()
    seen.waits = [_began(number) - at for number, at in seen.sent.items()]
    return seen


def _page_seconds(line: http.client.HTTPConnection) -> float:
    started = time.perf_counter()
    line.request("GET", "/", headers={"Host": f"{QUIET}.localhost"})
    answer = line.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"the quiet city's page answered {answer.status}")
    return time.perf_counter() - started


def _send_probe(seen: Seen) -> None:
    number = uuid4().int % 10**12
    with serving_city(QUIET):
        seen.sent[number] = time.time()
        probe.enqueue(number=number)


def _began(number: int) -> float:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        with serving_city(QUIET):
            found = city_cache().get(f"probe:{number}")
        if found is not None:
            return float(found)
        time.sleep(0.05)
    raise RuntimeError("a probe never began")


@contextmanager
def _noise() -> Iterator[None]:
    """The loud city at once: a flood of jobs, a campaign, and an import."""
    with serving_city(LOUD):
        for number in range(MESSAGES):
            _write_to_citizen(number)
    with _importing(_file()):
        _flood()
        yield


@contextmanager
def _importing(file: Path) -> Iterator[None]:
    """In a process of its own, as in life; a few rows at once, for a process takes its time."""
    if is_small():
        with serving_city(LOUD):
            voices_import(file, now=datetime.now(UTC))
        yield
        return
    with (run_folder() / "neighbour.import.log").open("ab") as log:
        command = [sys.executable, "-m", "sodam.cli", "import", "voices", "--city", LOUD, str(file)]
        importing = subprocess.Popen(command, cwd=REPOSITORY, stdout=log, stderr=log)
        try:
            yield
        finally:
            importing.wait(600)


def _write_to_citizen(number: int) -> None:
    message_queue(
        recipient=Recipient("sms", f"+8210{number:08d}"),
        template=TEMPLATE,
        context=WORDS,
        about=("campaign", uuid4()),
        dedup_key=f"campaign-{uuid4().hex}",
        lane=Lane.BULK,
        now=datetime.now(UTC),
    )


def _flood() -> None:
    with serving_city(LOUD):
        for number in range(JOBS):
            rush.enqueue(number=uuid4().int % 10**9 + number, seconds=JOB_SECONDS)


def _file() -> Path:
    path = run_folder() / "neighbour.csv"
    rows = [f"옛-{uuid4().hex[:8]},가로등 {n},사흘째 꺼져 있습니다,2026-11-20" for n in range(ROWS)]
    path.write_text("\n".join(["번호,제목,내용,접수일", *rows]), encoding="utf-8")
    return path


def _done() -> dict[str, int]:
    """What the loud city got done meanwhile: its noise was no pretence."""
    with serving_city(LOUD):
        sent = OutgoingMessage.objects.exclude(state="queued").count()
        facts = {"loud_messages_left": sent, "loud_rows_imported": Voice.objects.count()}
    if not all(facts.values()):
        raise RuntimeError(f"the loud city was not loud: {facts}")
    say(f"neighbour: meanwhile the loud city did {facts}")
    return facts


@contextmanager
def _worker(environment: Mapping[str, str]) -> Iterator[None]:
    """The one worker of `sodam up`, with an empty queue, once it answers."""
    app.control.purge()
    for key in broker_client().scan_iter("sodam:*"):
        broker_client().delete(key)
    command = [sys.executable, "-m", "celery", "-A", "tests.support.jobs", "worker", "-c", "2"]
    with (run_folder() / "neighbour.worker.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "--without-mingle", "--without-gossip"],
            cwd=REPOSITORY,
            env={**os.environ, **environment},
            stdout=log,
            stderr=log,
        )
    try:
        seen = Seen()
        _send_probe(seen)
        _began(next(iter(seen.sent)))
        yield
    finally:
        process.terminate()
        process.wait(60)
