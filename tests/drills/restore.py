"""One city's schema is lost and comes back from its archive while the others work.

Failed requests of the other cities: 0. The lost city's own fail until it is there again: that time
is the recovery time. What was filed after the archive was written is the recovery point's loss.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from psycopg.errors import DeadlockDetected

from tests.benchmarks.harness import Figure, counted
from tests.drills.load import Load
from tests.drills.product import DrilledProduct
from tests.drills.traffic import traffic

LOSE = "DROP SCHEMA {code} CASCADE"


@dataclass
class Seen:
    """Seconds of the steps, as the commands told them, and what was compared afterwards."""

    code: str
    lost: float = 0.0
    back: float = 0.0
    backup: dict[str, Any] | None = None
    restore: dict[str, Any] | None = None
    compared: dict[str, Any] | None = None
    verified: list[dict[str, Any]] | None = None


def run(
    product: DrilledProduct, *, seconds: float, clients: int, thorough: bool = True
) -> Iterator[Figure]:
    """The figures. `seconds`: of quiet load before the loss and after the return.

    `thorough`: the rows are held against the archive once more (restoring does it, too), and the
    schema against a freshly migrated one.
    """
    codes = product.open_cities()
    load, seen = traffic(product, codes, clients=clients), Seen(codes[0])
    archive = product.home / "drill.sodam"
    with load:
        time.sleep(seconds)
        seen.backup = product.cli("city", "backup", seen.code, "--out", str(archive))
        _lose(product, seen.code)
        seen.lost = time.monotonic()
        copy = f"{seen.code}_copy"  # nobody may write into it before it is whole
        seen.restore = product.cli("city", "restore", str(archive), "--as", copy)
        if thorough:
            seen.compared = product.cli("city", "compare", copy, str(archive))
        product.cli("city", "switch", seen.code, copy, "--yes")
        seen.back = time.monotonic()
        load.wait_for_answers(len(load.requests))
        time.sleep(seconds)
    if thorough:
        seen.verified = product.cli("city", "verify", seen.code)
    yield from _figures(load, seen)


def _lose(product: DrilledProduct, code: str) -> None:
    """Somebody drops the schema while people write into it: they may be in each other's way."""
    is_lost = False
    while not is_lost:
        try:
            product.as_superuser(LOSE.format(code=code))
            is_lost = True
        except DeadlockDetected:
            time.sleep(0.2)


def _figures(load: Load, seen: Seen) -> Iterator[Figure]:
    own = f"{seen.code}.localhost"
    of_others = sum(count for host, count in load.failed.items() if host != own)
    late = [one.at for one in load.answers if one.host == own and one.at > seen.back]
    yield counted(
        "restore.failed_requests_of_other_cities",
        of_others,
        goal=0,
        unit="requests",
        exact={
            "answered": len(load.answers),
            "cities": len(load.by_host()),
            "p95_ms_before": load.p95_ms(until=seen.lost),
            "p95_ms_during": load.p95_ms(since=seen.lost, until=seen.back),
            "first_failures": " | ".join(one for one in load.failures if own not in one)[:300],
        },
    )
    yield counted(
        "restore.seconds",
        round(seen.back - seen.lost, 1),
        goal=1800,
        unit="s from the loss to the first page",
        exact={
            "city": seen.code,
            "refused_meanwhile": load.failed[own],
            "answers_after": len(late),
        },
    )
    verified = (seen.verified or [{}])[0]
    compared = seen.compared or {"differences": [], "tables": 0, "rows": 0}
    yield counted(
        "restore.differences",
        len(compared["differences"]) + int(verified.get("schema_diff_lines", 0)),
        goal=0,
        unit="tables, rows and files against the archive, and lines of the schema",
        exact={
            "tables": compared["tables"],
            "rows": compared["rows"],
            "walls": verified.get("walls", 0),
            "backup_seconds": _seconds(seen.backup),
            "restore_seconds": _seconds(seen.restore),
        },
    )


def _seconds(answer: dict[str, Any] | None) -> float:
    return float((answer or {}).get("seconds") or 0)
