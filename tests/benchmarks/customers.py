"""Customers at two sizes of city: finding one by name, phone or address, and the page of one.

The crowd of the generator, written by COPY, with something in the history of every third. Both
cities answer the same questions about people of their own; the larger may take half as long again.
The count of a segment over five conditions stands beside its bare SQL, in the larger city.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from django.test import Client

from core_crm.common.personal_data import show_phone
from core_crm.customers.models import Citizen
from core_crm.customers.selectors import citizen_search
from sodam.demo.crowd import crowd_write
from sodam.wsgi import application
from tenants import sql
from tenants.context import serving_city
from tests.benchmarks import segments, wsgi
from tests.benchmarks.harness import Figure, interleaved, say, sized
from tests.benchmarks.trips import trips_of
from tests.benchmarks.voices_at_scale import analyse
from tests.support.voices import person

SIZES = {"busan": sized(100_000, small=80), "seoul": sized(3_400_000, small=160)}
PEOPLE = sized(20, small=1)
REPEATS = sized(3, small=1)
EVENTS = 40
FLAT = round(1 / 1.5, 3)  # thirty-four times the citizens may cost half as much again
HISTORY = """
INSERT INTO core_customers_timelineentry (id, citizen_id, at, kind, about_kind, about_id, summary)
SELECT uuidv7(), c.id, c.created_at, 'voice_registered', 'voice', uuidv7(), '의견'
FROM (SELECT id, created_at, row_number() OVER (ORDER BY id) AS place
      FROM core_customers_citizen) AS c
WHERE place %% 3 = 0
UNION ALL
SELECT uuidv7(), c.id, c.created_at + n * interval '9 days', 'voice_answered', 'voice', uuidv7(),
  '답변'
FROM core_customers_citizen AS c, generate_series(1, %s) AS n WHERE c.id = ANY(%s)
"""
ASKED: dict[str, Callable[[Citizen], str]] = {
    "name": lambda one: one.name,
    "phone": lambda one: show_phone(one.phone),
    "address": lambda one: " ".join(one.address.split()[1:]),
}
"""What somebody types to find a citizen."""


class City:
    """A filled city: its official's session, and the people who are looked for."""

    def __init__(self, code: str) -> None:
        self.code, self.host, self.count = code, f"{code}.localhost", SIZES[code]
        say(f"customers: writing {self.count:,} citizens into {code}")
        crowd_write(code, count=self.count, seed=1)
        with serving_city(code):
            self.people = _spread(self.count)
            sql.execute(HISTORY, [EVENTS, [one.pk for one in self.people]])
            sql.execute(segments.CONSENTS)
            self.cookies = _logged_in(code)
        analyse(code)
        self.pages = [f"/staff/customers/{one.pk}" for one in self.people] * REPEATS

    def finding(self, asked: Callable[[Citizen], str]) -> float:
        """Seconds of one search; each finds whom it looks for. Raises AssertionError."""
        queries = [asked(one) for one in self.people]
        with serving_city(self.code):
            started = time.perf_counter()
            found = [citizen_search(query) for query in queries * REPEATS]
            seconds = time.perf_counter() - started
        if not all(found):
            lost = [query for query, of in zip(queries, found, strict=False) if not of]
            raise AssertionError(f"{self.code}: not found: {lost}")
        return seconds / len(found)

    def page_seconds(self) -> float:
        return wsgi.seconds_each(application, self.pages, host=self.host, cookies=self.cookies)

    def page(self) -> None:
        wsgi.get(application, self.pages[0], host=self.host, cookies=self.cookies)


def _spread(count: int) -> list[Citizen]:
    """People with all three, from the oldest to the newest."""
    whole = Citizen.objects.exclude(phone="").exclude(address="").exclude(name="").order_by("pk")
    step = max(1, count // (PEOPLE * 3))
    return [whole[place * step] for place in range(PEOPLE)]


def _logged_in(code: str) -> str:
    client = Client(headers={"host": f"{code}.localhost"})
    steward = person("steward", "이진수", None, "steward")
    client.force_login(steward.user, backend="sodam.demo.accounts.RealAccounts")
    return "; ".join(f"{name}={kept.value}" for name, kept in client.cookies.items())


def run() -> Iterator[Figure]:
    smaller, larger = (City(code) for code in SIZES)
    for name, asked in ASKED.items():
        yield _search(name, asked, smaller, larger)
    yield _page(smaller, larger)
    with serving_city(larger.code):
        yield replace(segments.count_figure(larger.count), name="customers.segment_count")


def _search(name: str, asked: Callable[[Citizen], str], smaller: City, larger: City) -> Figure:
    smaller.finding(asked)
    larger.finding(asked)
    return interleaved(
        f"customers.search_{name}",
        ours=lambda: larger.finding(asked),
        baseline=lambda: smaller.finding(asked),
        goal=FLAT,
        unit="s/search",
        baseline_name=f"the same search over {smaller.count} citizens",
        exact={"citizens": larger.count},
    )


def _page(smaller: City, larger: City) -> Figure:
    smaller.page_seconds()
    larger.page_seconds()
    return interleaved(
        "customers.page",
        ours=larger.page_seconds,
        baseline=smaller.page_seconds,
        goal=FLAT,
        unit="s/page",
        baseline_name=f"the same page over {smaller.count} citizens",
        exact={"citizens": larger.count, **trips_of(larger.page).exact()},
    )
