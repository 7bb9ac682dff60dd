"""How many suggested pairs are false, and how many true ones are missed, beside telephones alone.

A crowd of seed 99, which the weights were not set on; its key tells which pairs are one person.
Nothing is timed: precision is 1 less what is false, recall 1 less what is missed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from core_crm.customers.selectors.duplicates import Pair, ordered
from core_crm.customers.selectors.duplicates_judged import (
    Verdict,
    found_in_crowd,
    judged,
    sharing_a_phone,
)
from sodam.demo.crowd import crowd_write
from tenants import sql
from tenants.context import serving_city
from tests.benchmarks.harness import Figure, counted, say, sized

CITIZENS = sized(100_000, small=600)
SEED, SOURCE = 99, "crowd-99"
MOST_FALSE, MOST_MISSED = 0.01, 0.05


def run() -> Iterator[Figure]:
    say(f"dedupe: writing {CITIZENS:,} citizens")
    truth = _crowd()
    with serving_city("busan"):
        sql.execute("ANALYZE core_customers_citizen")
        ours = judged(found_in_crowd(SOURCE), truth)
        plain = judged(sharing_a_phone(SOURCE), truth)
    yield _wrong("dedupe.false", ours.precision, plain.precision, ours, goal=MOST_FALSE)
    yield _wrong("dedupe.missed", ours.recall, plain.recall, ours, goal=MOST_MISSED)


def _crowd() -> dict[Pair, str]:
    """Pairs that are one person -> how their second record differs."""
    with TemporaryDirectory() as folder:
        key = Path(folder) / "key.json"
        crowd_write("busan", count=CITIZENS, seed=SEED, key=key)
        pairs = json.loads(key.read_text(encoding="utf-8"))["pairs"]
    return {ordered(UUID(one["left"]), UUID(one["right"])): one["noise"] for one in pairs}


def _wrong(name: str, right: float, plain: float, verdict: Verdict, *, goal: float) -> Figure:
    """What is lacking to all, so that less is better."""
    by_kind = {kind: round(got / there, 4) for kind, (got, there) in verdict.by_kind.items()}
    return counted(
        name,
        round(1 - right, 4),
        goal=goal,
        unit="of 1",
        baseline_name="by the same telephone",
        baseline_count=round(1 - plain, 4),
        exact={"citizens": CITIZENS, "found": verdict.found, "true": verdict.true, **by_kind},
    )
