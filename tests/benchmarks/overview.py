"""The ministry's overview of one month, against asking the voices of each city in turn.

Ours is what the map page shows: an indicator of all regions with rank and change, read from the
published figures. The yardstick enters each city's schema and counts the month and, for the change,
the one before. Both must tell the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from core_crm.kpis.selectors import indicator_get
from core_crm.kpis.services import facts_refresh
from core_crm.national_reports.selectors import region_values
from core_crm.national_reports.services import national_refresh
from tenants import directory, sql
from tenants.context import PLATFORM_SCHEMA, serving_city, serving_platform
from tenants.selectors import region_list
from tests.benchmarks.harness import Figure, interleaved, say, sized, timed
from tests.benchmarks.trips import trips_of
from tests.benchmarks.voices_at_scale import analyse, fill
from tests.support import cluster

VOICES, DAYS = sized(49_500, small=900), 90  # in each city: 16,500 a month, as large ones have
CITIES = sized(16, small=2)
NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)  # the sixteen of today, their voices older
MONTH = date(2026, 1, 1)
RAW = """
SELECT date_trunc('month', closed_at AT TIME ZONE 'Asia/Seoul')::date AS month,
  count(*) FILTER (WHERE outcome IN ('answered', 'unable')) AS settled,
  count(*) FILTER (WHERE outcome IN ('answered', 'unable') AND answered_at <= due_at) AS on_time
FROM core_voices_voice
WHERE closed_at >= timestamptz '2025-12-01 00:00+09' AND closed_at < '2026-02-01 00:00+09'
GROUP BY 1 ORDER BY 1
"""
Told = dict[str, tuple[int, int]]


def run() -> Iterator[Figure]:
    codes = _filled_cities()
    national_refresh(now=NOW)
    analyse(PLATFORM_SCHEMA)
    ours, looped = _overview(), _loop(codes)
    if {code: ours[code] for code in codes} != looped:
        raise AssertionError(f"the overview is not what the cities say: {ours} {looped}")
    yield interleaved(
        "overview.one_month",
        ours=timed(_overview, repeat=sized(20, small=1)),
        baseline=timed(lambda: _loop(codes)),
        goal=100,
        unit="s",
        baseline_name="a loop over the schemas",
        exact={
            "cities": len(codes),
            "voices": len(codes) * VOICES,
            **trips_of(_overview).exact(),
            **trips_of(lambda: _loop(codes)).exact("baseline_"),
        },
    )


def _filled_cities() -> list[str]:
    with serving_platform():
        every = [region.code for region in region_list(on=NOW.date())]
    others = [code for code in every if code not in cluster.TEST_CITIES]
    others = others[: CITIES - len(cluster.TEST_CITIES)]
    if others:
        cluster.run_as_owner("open", *others)
        directory.refresh()
    codes = sorted([*cluster.TEST_CITIES, *others])
    for code in codes:
        say(f"overview: filling {code} with {VOICES:,} voices")
        fill(code, VOICES, days=DAYS)
        with serving_city(code):
            facts_refresh(now=NOW, full=True)
    return codes


def _overview() -> Told:
    values = region_values(indicator_get("on_time"), month=MONTH)
    return {
        one.code: (one.measures.get("settled", 0), one.measures.get("on_time", 0)) for one in values
    }


def _loop(codes: list[str]) -> Told:
    told = {}
    for code in codes:
        with serving_city(code):
            told[code] = [(row["settled"], row["on_time"]) for row in sql.rows(RAW)][-1]
    return told
