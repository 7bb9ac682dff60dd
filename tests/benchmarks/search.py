"""A Korean word of two syllables among 300,000 voices, against reading all of them.

The product's own search: pairs of signs in a GIN index, then an exact second look. The yardstick
is the same condition by LIKE, which no index serves: all voices are read. Both must find the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction

from core_crm.common.search import search_filter
from core_crm.voices.models import Voice
from tenants import sql
from tenants.context import serving_city
from tests.benchmarks.harness import Figure, interleaved, say, sized, timed
from tests.benchmarks.voices_at_scale import fill

VOICES = sized(300_000, small=600)
SCAN = """
SELECT count(*) AS found FROM core_voices_voice
WHERE replace(title, ' ', '') LIKE %s OR replace(body, ' ', '') LIKE %s
"""


def run() -> Iterator[Figure]:
    say(f"search: filling a city with {VOICES:,} voices")
    fill("busan", VOICES)
    with serving_city("busan"):
        rare = Voice.objects.order_by("-received_at").values_list("title", flat=True)[0][-2:]
        for name, word in {"common": "교통", "seldom": "맨홀", "rare": rare}.items():
            yield _figure(name, word)


def _figure(name: str, word: str) -> Figure:
    like = [f"%{word}%"] * 2
    found, expected = _found(word).count(), sql.rows(SCAN, like)[0]["found"]
    if found != expected:
        raise AssertionError(f"{word}: {found} found by pairs, {expected} by reading all")
    return interleaved(
        f"search.{name}",
        ours=timed(lambda: _alone(lambda: _found(word).count())),
        baseline=timed(lambda: _alone(lambda: sql.rows(SCAN, like))),
        goal=5,
        unit="s, all hits counted",
        baseline_name="a sequential scan",
        exact={"voices": VOICES, "hits": found, "plan": _plan(like)},
    )


def _found(word: str) -> Any:
    return search_filter(
        Voice.objects.all(), terms="search_terms", text=("title", "body", "ref"), query=word
    )


def _alone(search: Callable[[], object]) -> None:
    """By one process of the server, both: its helpers would be another city's."""
    with transaction.atomic():
        sql.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        search()


def _plan(like: list[str]) -> str:
    """How the yardstick reads the table."""
    with transaction.atomic():
        sql.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        lines = [str(row["QUERY PLAN"]) for row in sql.rows(f"EXPLAIN {SCAN}", like)]
    return next(line.split("->")[-1].split(" on ")[0].strip() for line in lines if " on " in line)
