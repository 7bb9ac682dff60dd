"""A login's escapes, as web and worker, directly and by PgBouncer; reads of many threads."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import django

django.setup()

from django.conf import settings  # noqa: E402  # after django.setup()

from tenants.context import city_role, platform_role, serving_city  # noqa: E402
from tenants.isolation.keys import city_cache  # noqa: E402
from tests.probes.bouncer import behind_bouncer, binary, transactions_seen  # noqa: E402
from tests.probes.escapes import ATTEMPTS, all_attempts  # noqa: E402
from tests.probes.live import complain, log_to_file, opened, planted_in, say  # noqa: E402
from tests.probes.planting import Planted  # noqa: E402
from tests.probes.reading import wrong_reads  # noqa: E402
from tests.support.cluster import REPOSITORY  # noqa: E402
from tests.support.jobs import escape  # noqa: E402

THREADS, READS = 8, 400
WORKER_SECONDS = 60.0


def main() -> int:
    """0 when no attempt got through and every read was its own city's."""
    codes = opened()
    log_to_file("escapes")
    planted = planted_in(codes)
    wrong = [*_tried(codes, "direct"), *_worker("direct"), *_read(planted, "direct")]
    wrong += _bounced(codes, planted)
    complain(wrong)
    return 1 if wrong else 0


def _bounced(codes: list[str], planted: dict[str, Planted]) -> list[str]:
    if not binary():
        say("pgbouncer", run=False, said="pgbouncer: not run (apt-get install pgbouncer)")
        return []
    version = subprocess.run([binary(), "--version"], capture_output=True, text=True, check=True)
    with behind_bouncer([platform_role(), *map(city_role, codes)]):
        wrong = [*_tried(codes, "pgbouncer"), *_worker("pgbouncer"), *_read(planted, "pgbouncer")]
        transactions = transactions_seen()
    say(
        "pgbouncer",
        run=True,
        version=version.stdout.splitlines()[0],
        mode="transaction",
        transactions=transactions,
    )
    return wrong if transactions > THREADS * READS else [*wrong, "they did not go by PgBouncer"]


def _tried(codes: list[str], how: str) -> Iterator[str]:
    """Every attempt in every city, against the next one."""
    through, tried = [], 0
    for at, code in enumerate(codes):
        other = codes[(at + 1) % len(codes)]
        with serving_city(code):
            found = all_attempts(own=code, other=other)
        tried += len(found)
        through += [f"{how} {code}: {one.attempt}" for one in found if not one.is_refused]
    say("escapes", login="web", by=how, attempts=len(ATTEMPTS), tried=tried, through=len(through))
    yield from through


def _worker(how: str) -> Iterator[str]:
    """The same as a job of a real worker."""
    with serving_city("busan"):
        city_cache().delete("escape")
        escape.enqueue(other="seoul")
    with _a_worker():
        tried, through = _answer()
    say("escapes", login="worker", by=how, tried=tried, through=len(through))
    yield from (f"{how} worker: {one}" for one in through)


def _answer() -> tuple[int, list[str]]:
    until = time.monotonic() + WORKER_SECONDS
    while time.monotonic() < until:
        with serving_city("busan"):
            found = city_cache().get("escape")
        if found is not None:
            return int(found[0]), list(found[1])
        time.sleep(0.2)
    return 0, ["the worker did not answer"]


@contextmanager
def _a_worker() -> Iterator[None]:
    """Served where this process is: directly, or by PgBouncer's port."""
    port = settings.DATABASES["default"]["PORT"]
    before, _colon, rest = os.environ["SODAM_DATABASE_URL"].rpartition(":")
    address = f"{before}:{port}/{rest.partition('/')[2]}"
    command = [sys.executable, "-m", "celery", "-A", "tests.support.jobs", "worker", "-c", "1"]
    process = subprocess.Popen(
        [*command, "--without-mingle", "--without-gossip", "-l", "ERROR"],
        cwd=REPOSITORY,
        env={**os.environ, "SODAM_DATABASE_URL": address, "PYTHONWARNINGS": "ignore"},
        stdout=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def _read(planted: dict[str, Planted], how: str) -> Iterator[str]:
    signs = {code: city.sign for code, city in planted.items()}
    reads, wrong = wrong_reads(signs, threads=THREADS, reads=READS)
    say("reads", by=how, threads=THREADS, cities=len(signs), reads=reads, wrong=len(wrong))
    yield from wrong


if __name__ == "__main__":
    sys.exit(main())
