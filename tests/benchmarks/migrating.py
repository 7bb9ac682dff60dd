"""Sixteen cities brought up to date by captured SQL, against django-tenants' migrate_schemas.

The migration adds two columns, an index and a table that refers to another, as in the plan's own
measurement. Each round has a new one; ours is measured first, taken back, and stock does it again.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from django.core.management import call_command

from tenants.models import City
from tenants.provisioning.applied import applied_migrations
from tenants.provisioning.cities import city_open
from tenants.provisioning.migrating import apply_plan, cities_migrate, migration_plan
from tenants.provisioning.owner import raw_connection
from tenants.selectors import region_list
from tests.benchmarks.harness import Figure, counted, interleaved, is_small, sized, timed
from tests.benchmarks.trips import trips_of
from tests.support.growing import MIGRATIONS, Garden
from tests.support.shape import differences, history_of, shape_of

REPOSITORY = Path(__file__).resolve().parents[2]
BASELINE = "django-tenants migrate_schemas"
ROUND = """
    dependencies = [("growing", "{before}")]
    operations = [
        migrations.AddField("Tree", "height{n}", models.IntegerField(db_default=3)),
        migrations.AddField("Tree", "seen{n}_at", models.DateTimeField(db_default=Now())),
        migrations.AddIndex("Tree", models.Index(fields=["height{n}"], name="tree_height{n}")),
        migrations.CreateModel("Nest{n}", [
            ("id", models.BigAutoField(primary_key=True)),
            ("tree", models.ForeignKey("growing.Tree", models.CASCADE, related_name="+")),
        ]),
    ]
"""
UNDO = """
DROP TABLE {code}.growing_nest{n}; ALTER TABLE {code}.growing_tree DROP COLUMN height{n},
DROP COLUMN seen{n}_at; DELETE FROM {code}.django_migrations WHERE name = '{name}';
"""


class Growth:
    """One migration more with each `grow()`; ours is measured in its parts."""

    def __init__(self) -> None:
        self.garden, self.numbers, self.name, self.n = Garden(), count(2), "0001_trees", 1
        self.garden.plant(self.name, MIGRATIONS[self.name])
        self.codes = open_cities()
        cities_migrate()

    def grow(self) -> None:
        before, self.n = self.name, next(self.numbers)
        self.name = f"{self.n:04}_more"
        self.garden.plant(self.name, ROUND.format(before=before, n=self.n))

    def ours(self) -> float:
        """Seconds of the database's work: which migrations the cities have, and applying."""
        self.grow()
        plan = migration_plan()
        took = timed(applied_migrations)() + timed(lambda: apply_plan(plan))()
        self.undo()
        return took

    def ours_whole(self) -> float:
        self.grow()
        took = timed(cities_migrate)()
        self.undo()
        return took

    def undo(self) -> None:
        for code in self.codes:
            raw_connection().execute(UNDO.format(code=code, n=self.n, name=self.name).encode())


def open_cities() -> list[str]:
    """All sixteen, or the two that are there in the tiny run."""
    now = datetime.now(UTC)
    opened = list(City.objects.values_list("code", flat=True))
    others = [region.code for region in region_list(on=now.date()) if region.code not in opened]
    for code in others[: sized(16, small=2) - len(opened)]:
        city_open(code, now=now)
        opened.append(code)
    return sorted(opened)


def stock() -> None:
    call_command("migrate_schemas", tenant=True, interactive=False, verbosity=0)


def run() -> Iterator[Figure]:
    growth = Growth()
    if not is_small():
        growth.ours()
        stock()  # both are warm now
    yield _figure("migrating.database_work", growth.ours, goal=30, exact=_trips(growth))
    yield _figure("migrating.whole", growth.ours_whole, goal=5, exact={"cities": len(growth.codes)})
    yield _same(growth)
    yield from _nothing_waits(growth)


def _figure(name: str, ours: Callable[[], float], *, goal: float, exact: dict[str, int]) -> Figure:
    return interleaved(
        name,
        ours=ours,
        baseline=timed(stock),
        goal=goal,
        unit="s",
        baseline_name=BASELINE,
        exact=exact,
    )


def _trips(growth: Growth) -> dict[str, int]:
    """For all cities together: applying a plan, and stock's whole run."""
    growth.grow()
    plan = migration_plan()
    mine = trips_of(lambda: apply_plan(plan)).exact()
    growth.undo()
    return {"cities": len(growth.codes), **mine, **trips_of(stock).exact("baseline_")}


def _same(growth: Growth) -> Figure:
    """One city by stock, the others captured: their dumps must not differ in a line."""
    growth.grow()
    first, *others = growth.codes
    call_command("migrate_schemas", tenant=True, schema_name=first, interactive=False, verbosity=0)
    cities_migrate()
    wanted = shape_of(first) + history_of(first)
    found = [differences(wanted, shape_of(code) + history_of(code)) for code in others]
    return counted(
        "migrating.differences",
        sum(len(lines) for lines in found),
        goal=0,
        unit="lines of a normalised pg_dump",
        baseline_name=BASELINE,
        exact={"cities": len(others), "lines": len(wanted)},
    )


def _nothing_waits(growth: Growth) -> Iterator[Figure]:
    mine, theirs = trips_of(cities_migrate), trips_of(stock)
    yield counted(
        "migrating.noop_queries",
        mine.round_trips,
        goal=1,
        unit="round trips",
        baseline_name=BASELINE,
        baseline_count=theirs.round_trips,
        exact={"cities": len(growth.codes), **mine.exact(), **theirs.exact("baseline_")},
    )
    yield _figure("migrating.noop_seconds", timed(cities_migrate), goal=30, exact=mine.exact())
    yield interleaved(
        "migrating.noop_command",
        ours=timed(lambda: _command("sodam.cli", "city", "migrate")),
        baseline=timed(lambda: _command("django", "migrate_schemas", "--tenant", "-v0")),
        goal=1,
        unit="s, a whole command with Python's and Django's start",
        baseline_name=BASELINE,
        exact=mine.exact(),
    )


def _command(*words: str) -> None:
    """As the owner, like the chart's job; its settings do not know the growing app."""
    subprocess.run(
        [sys.executable, "-m", *words],
        cwd=REPOSITORY,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "sodam.settings"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
