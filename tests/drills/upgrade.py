"""Release n to n+1 while people use it; in one city the migration fails. Failed requests: 0."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tenants.schema import KEPT_SECONDS
from tests.benchmarks.harness import Figure, counted
from tests.drills.load import Load
from tests.drills.product import DrilledProduct
from tests.drills.traffic import traffic

BREAK = "CREATE TABLE {code}.core_voices_drill (broken int)"
MEND = "DROP TABLE {code}.core_voices_drill"
CANARY = "UPDATE tenants_city SET ring = 0 WHERE code = '{code}'"
PARTIAL = 6


@dataclass
class Seen:
    """What the drill saw of its steps; times of the monotonic clock."""

    cities: list[str] = field(default_factory=list)
    broken: str = ""
    first: list[dict[str, Any]] = field(default_factory=list)
    second: list[dict[str, Any]] = field(default_factory=list)
    third: list[dict[str, Any]] = field(default_factory=list)
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    mended: dict[str, Any] = field(default_factory=dict)
    began: float = 0.0
    migrated: float = 0.0
    restarted: float = 0.0
    ended: float = 0.0


def run(
    product: DrilledProduct, *, seconds: float, clients: int, thorough: bool = True
) -> Iterator[Figure]:
    """The figures. `seconds`: of quiet load before the upgrade and after it.

    `thorough`: one more run of the command, which must find nothing to do.
    """
    codes = product.open_cities()
    load, seen = traffic(product, codes, clients=clients), Seen(codes, broken=codes[-1])
    product.as_superuser(CANARY.format(code=codes[0]))
    product.as_superuser(BREAK.format(code=seen.broken))
    with load:
        started = time.monotonic()
        load.wait_for_answers(len(load.requests))
        time.sleep(max(0.0, seconds - (time.monotonic() - started)))
        _upgrade(product, seen, thorough=thorough)
        load.wait_for_answers(len(load.requests))
        time.sleep(seconds)
    yield from _figures(load, seen)


def _upgrade(product: DrilledProduct, seen: Seen, *, thorough: bool) -> None:
    """The sources change, cities are migrated, the web is renewed; then what failed is mended."""
    product.release.second()
    seen.began = time.monotonic()
    seen.first = product.cli("city", "migrate", wanted=PARTIAL)
    seen.migrated = time.monotonic()
    product.cli("restart")
    seen.restarted = time.monotonic()
    seen.pages = {code: _drill_page(product, code) for code in seen.cities}
    product.as_superuser(MEND.format(code=seen.broken))
    seen.second = product.cli("city", "migrate")
    seen.third = product.cli("city", "migrate") if thorough else []
    seen.mended = _page_of_today(product, seen.broken)
    seen.ended = time.monotonic()


def _drill_page(product: DrilledProduct, code: str) -> dict[str, Any]:
    return dict(json.loads(product.page(f"{code}.localhost", "/drill")))


def _page_of_today(product: DrilledProduct, code: str) -> dict[str, Any]:
    """For some seconds each process may take the city for an older one (tenants.schema)."""
    until = time.monotonic() + KEPT_SECONDS + 2
    while time.monotonic() < until:
        if (page := _drill_page(product, code)).get("table"):
            return page
        time.sleep(0.2)
    return {}


def _figures(load: Load, seen: Seen) -> Iterator[Figure]:
    before, during = load.p95_ms(until=seen.began), load.p95_ms(since=seen.began, until=seen.ended)
    yield counted(
        "upgrade.failed_requests",
        len(load.failures),
        goal=0,
        unit="requests",
        exact={
            "answered": len(load.answers),
            "answered_during": load.answered(since=seen.began, until=seen.ended),
            "cities": len(seen.cities),
            "asked_again_on_a_new_connection": load.asked_again,
            "p95_ms_before": before,
            "p95_ms_during": during,
            "first_failures": " | ".join(load.failures[:3]),
        },
    )
    outcome = {row["code"]: row["state"] for row in seen.first}
    others = [code for code in seen.cities if code != seen.broken]
    yield counted(
        "upgrade.cities_not_upgraded",
        sum(outcome.get(code) != "migrated" for code in others),
        goal=0,
        unit="of the cities whose migration could succeed",
        exact={
            "upgraded": sum(state == "migrated" for state in outcome.values()),
            "canary_first": str(seen.first[0]["code"] == seen.cities[0]),
            "migrate_seconds": round(seen.migrated - seen.began, 1),
            "restart_seconds": round(seen.restarted - seen.migrated, 1),
            "slowest_city_seconds": max(row["seconds"] for row in seen.first),
            "lock_waits": sum(row["lock_waits"] for row in seen.first),
        },
    )
    yield counted(
        "upgrade.broken_city_not_serving_its_old_version",
        int(
            outcome.get(seen.broken) != "failed"
            or seen.pages[seen.broken] != {"release": 2, "table": False}
            or any(not seen.pages[code]["table"] for code in others)
        ),
        goal=0,
        unit="cities",
        exact={"city": seen.broken, "why": _why(seen), "answered": _answered(load, seen.broken)},
    )
    yield counted(
        "upgrade.not_resumed",
        int(
            [(row["code"], row["state"]) for row in seen.second] != [(seen.broken, "migrated")]
            or seen.third != []
            or not seen.mended.get("table")
        ),
        goal=0,
        unit="cities after one more command",
        exact={"second_run": len(seen.second), "third_run": len(seen.third)},
    )


def _why(seen: Seen) -> str:
    return next((row["problem"] for row in seen.first if row["code"] == seen.broken), "")


def _answered(load: Load, code: str) -> int:
    return load.by_host().get(f"{code}.localhost", 0)
