"""A city of a million citizens is backed up and tried while the others work; memory stays flat."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from tests.benchmarks.harness import Figure, counted
from tests.drills.product import DrilledProduct
from tests.drills.traffic import traffic

CITIZENS = 1_000_000
MOST_MB, RTO_SECONDS = 64, 1800
GROW = """
INSERT INTO {code}.core_customers_citizen
    (id, name, phone, email, preferred_channel, language, is_anonymous, created_at)
SELECT gen_random_uuid(), '심은이름' || n, '+8210' || lpad(n::text, 8, '0'),
    'grown' || n || '@grown.example', 'sms', 'ko', false, now()
FROM generate_series(1, {count}) n
"""


def run(
    product: DrilledProduct, *, seconds: float, clients: int, citizens: int = CITIZENS
) -> Iterator[Figure]:
    """The figures. `seconds`: of quiet load before and after."""
    codes = product.open_cities()
    code = codes[-1]
    product.as_superuser(GROW.format(code=code, count=citizens))
    with traffic(product, codes, clients=clients) as load:
        time.sleep(seconds)
        made = product.cli("city", "backup", code)["result"]
        tried = product.cli("city", "backup", code, "--test")["result"]
        load.wait_for_answers(len(load.requests))
        time.sleep(seconds)
    yield from _figures(made, tried, failed=sum(load.failed.values()), answered=len(load.answers))


def _figures(
    made: dict[str, Any], tried: dict[str, Any], *, failed: int, answered: int
) -> Iterator[Figure]:
    yield counted(
        "archive.failed_requests",
        failed,
        goal=0,
        unit="requests",
        exact={"answered": answered},
    )
    yield counted(
        "archive.memory_grown",
        made["grown_mb"],
        goal=MOST_MB,
        unit="MB of the process that writes it",
        exact={
            "rows": made["rows"],
            "bytes": made["bytes"],
            "seconds": made["seconds"],
        },
    )
    yield counted(
        "archive.restore_seconds",
        tried["seconds"],
        goal=RTO_SECONDS,
        unit="s for all rows and files, read back and compared",
        exact={"rows": tried["rows"], "differences": len(tried["differences"])},
    )
