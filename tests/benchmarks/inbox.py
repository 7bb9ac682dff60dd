"""The inbox page: a status filter and a Korean word of two syllables, at two sizes of city.

Ours is the whole page of a person who is logged in: session, rights, the rail with its counts, the
rows with their clocks. The yardstick is the same page as a plain project would write it, without
login, over the same table and indexes: rail with counts, fifty rows with pictures and pills. How
long a bare table of the fifty rows takes there stands beside (`bare_seconds`).
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.test import Client

from core_crm.staff.models import Official
from sodam.wsgi import application
from tenants.context import serving_city
from tests.benchmarks import wsgi
from tests.benchmarks.harness import Figure, interleaved, say, sized
from tests.benchmarks.trips import trips_of
from tests.benchmarks.voices_at_scale import fill
from tests.benchmarks.yardstick import PlainDjango, plain_django

SIZES = {"busan": sized(100_000, small=400), "seoul": sized(1_300_000, small=800)}
WORDS = ("교통", "맨홀", "주차", "소음")  # in 10, 2.5, 12 and 8.5 of 100 texts
STATES = ("in_progress", "closed")
REPEATS = sized(4, small=1)
FLAT = 0.8  # thirteen times the voices may cost at most a quarter more


class City:
    """One filled city, and its chief's session."""

    def __init__(self, code: str) -> None:
        self.code, self.host, self.count = code, f"{code}.localhost", SIZES[code]
        say(f"inbox: filling {code} with {self.count:,} voices")
        self.cookies = _logged_in(code, fill(code, self.count))
        asked = [{"phase": state, "q": word} for state in STATES for word in WORDS]
        self.ours = [f"/staff/voices?{urlencode({'view': 'all', **one})}" for one in asked]
        self.plain = [f"/inbox?{urlencode(one)}" for one in asked]
        self.bare = [f"/bare?{urlencode(one)}" for one in asked]

    def seconds(self) -> float:
        urls = self.ours * REPEATS
        return wsgi.seconds_each(application, urls, host=self.host, cookies=self.cookies)

    def page(self) -> None:
        wsgi.get(application, self.ours[0], host=self.host, cookies=self.cookies)


def _logged_in(code: str, chief: Official) -> str:
    client = Client(headers={"host": f"{code}.localhost"})
    with serving_city(code):
        client.force_login(chief.user, backend="sodam.demo.accounts.RealAccounts")
    return "; ".join(f"{name}={kept.value}" for name, kept in client.cookies.items())


def run() -> Iterator[Figure]:
    cities = [City(code) for code in SIZES]
    for city in cities:
        with plain_django(city.code) as plain:
            yield _against_plain(city, plain)
    smaller, larger = cities
    yield interleaved(
        "inbox.flat",
        ours=larger.seconds,
        baseline=smaller.seconds,
        goal=FLAT,
        unit="s/page",
        baseline_name=f"the same page over {smaller.count} voices",
        exact={"voices": larger.count, **trips_of(larger.page).exact()},
    )


def _against_plain(city: City, plain: PlainDjango) -> Figure:
    city.seconds()
    plain.seconds_each(city.plain)
    plain.seconds_each(city.bare)
    bare = round(plain.seconds_each(city.bare * REPEATS), 4)
    theirs = {f"baseline_{name}": count for name, count in plain.trips(city.plain[0]).items()}
    return interleaved(
        f"inbox.page_{city.count}",
        ours=city.seconds,
        baseline=lambda: plain.seconds_each(city.plain * REPEATS),
        goal=0.85,
        unit="s/page",
        baseline_name="the same page in plain Django, same table and indexes, no login",
        exact={
            "voices": city.count,
            **trips_of(city.page).exact(),
            **theirs,
            "bare_seconds": bare,
        },
    )
