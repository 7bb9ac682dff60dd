"""One indexed page of a city against the same page of plain Django with persistent connections.

Ours passes the product's whole middleware (host → city, login role, pool, logs, policy); the
yardstick passes what `startproject` gives. The view is the same: one voice by its reference.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import path

from core_crm.voices.models import Voice
from sodam.wsgi import application
from tenants.context import serving_city
from tests.benchmarks import wsgi
from tests.benchmarks.harness import Figure, counted, interleaved, sized
from tests.benchmarks.trips import trips_of
from tests.benchmarks.yardstick import PlainDjango, plain_django
from tests.support.voices import a_voice, an_office

CITY, HOST = "busan", "busan.localhost"
LEAST_SPEED = 0.5  # ours also finds the city, guards and logs; the goal is in trips
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


def one(request: HttpRequest, ref: str) -> JsonResponse:
    """The view of `tests.benchmarks.plain.views.one`, in a city."""
    return JsonResponse(Voice.objects.values("ref", "title", "status").get(ref=ref))


urlpatterns = [path("one/<str:ref>", one)]


def run() -> Iterator[Figure]:
    url = f"/one/{_one_voice()}"
    face = settings.FACE_URLCONFS["city"]
    settings.FACE_URLCONFS["city"] = __name__
    try:
        with plain_django(CITY) as plain:
            yield from _figures(url, plain)
    finally:
        settings.FACE_URLCONFS["city"] = face


def _one_voice() -> str:
    with serving_city(CITY):
        an_office()
        return str(a_voice(NOW).ref)


def _figures(url: str, plain: PlainDjango) -> Iterator[Figure]:
    urls = [url] * sized(200, small=3)
    wsgi.seconds_each(application, urls, host=HOST)
    plain.seconds_each(urls)
    mine = trips_of(lambda: wsgi.get(application, url, host=HOST)).exact()
    theirs = plain.trips(url)
    yield counted(
        "paging.round_trips",
        mine["round_trips"],
        goal=theirs["round_trips"] + 1,
        unit="round trips",
        baseline_name="plain Django, persistent connection",
        baseline_count=theirs["round_trips"],
        exact={"statements": mine["statements"], "baseline_statements": theirs["statements"]},
    )
    yield interleaved(
        "paging.seconds",
        ours=lambda: wsgi.seconds_each(application, urls, host=HOST),
        baseline=lambda: plain.seconds_each(urls),
        goal=LEAST_SPEED,
        unit="s/page",
        baseline_name="plain Django, persistent connection",
        exact=mine,
    )
