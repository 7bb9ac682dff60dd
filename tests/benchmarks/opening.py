"""Opening a city by replay, against django-tenants' own create_schema of the same apps.

Ours also makes the city's login role, its grants, its row and host. Same server, same backend.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count

from tenants.models import City
from tenants.provisioning.cities import city_open
from tenants.selectors import region_list
from tests.benchmarks.harness import Figure, counted, interleaved, sized, timed
from tests.benchmarks.trips import Trips, trips_of
from tests.support.shape import differences, history_of, shape_of

BASELINE = "django-tenants create_schema"


class Openings:
    """A new city with each call, and how many there were."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)
        opened = set(City.objects.values_list("code", flat=True))
        every = [region.code for region in region_list(on=self.now.date())]
        self.codes = iter([code for code in every if code not in opened])
        self.numbers = count(1)
        self.last_city = self.last_schema = ""

    def ours(self) -> None:
        self.last_city = next(self.codes)
        city_open(self.last_city, now=self.now)

    def stock(self) -> None:
        self.last_schema = f"stock{next(self.numbers)}"
        schema = self.last_schema
        City(schema_name=schema, code=schema).create_schema(verbosity=0)


def run() -> Iterator[Figure]:
    openings = Openings()
    counted_trips: list[Trips] = []
    mine = timed(lambda: counted_trips.append(trips_of(openings.ours)))()  # and warm
    theirs = timed(lambda: counted_trips.append(trips_of(openings.stock)))()
    yield interleaved(
        "opening.seconds",
        ours=sized(timed(openings.ours), small=lambda: mine),
        baseline=sized(timed(openings.stock), small=lambda: theirs),
        goal=6.6,
        unit="s",
        baseline_name=BASELINE,
        exact={**counted_trips[0].exact(), **counted_trips[1].exact("baseline_")},
    )
    yield _same(openings.last_city, openings.last_schema)


def _same(city: str, schema: str) -> Figure:
    """Rights are left out of the dump: create_schema knows no city's role."""
    ours = shape_of(city, with_rights=False) + history_of(city)
    stock = shape_of(schema, with_rights=False) + history_of(schema)
    return counted(
        "opening.differences",
        len(differences(ours, stock)),
        goal=0,
        unit="lines of a normalised pg_dump",
        baseline_name=BASELINE,
        exact={"lines": len(ours), "baseline_lines": len(stock)},
    )
