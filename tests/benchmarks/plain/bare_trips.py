"""`python -m tests.benchmarks.plain.bare_trips BODY`: what the bare view asks of the database."""

from __future__ import annotations

import json
import sys

from django.test import RequestFactory

from tests.benchmarks.plain.bare_view import post
from tests.benchmarks.trips import trips_of


def main(body: str) -> None:
    request = RequestFactory().post("/voices", body, content_type="application/json")
    post(request)
    sys.stdout.write(json.dumps(trips_of(lambda: post(request)).exact("baseline_")))


if __name__ == "__main__":
    main(sys.argv[1])
