"""Every address × askers, at every city's door and the platform's; then what was kept of it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from time import monotonic

import django

django.setup()

from tests.probes.asking import (  # noqa: E402  # after django.setup()
    Probe,
    closed_to_the_right_user,
    probes_of_city,
    probes_of_platform,
    probes_with_ids_of,
)
from tests.probes.live import complain, log_to_file, opened, planted_in, say  # noqa: E402
from tests.probes.planting import Planted  # noqa: E402
from tests.probes.routes import FACES, routes_of  # noqa: E402
from tests.probes.scanning import everything_kept, in_archives  # noqa: E402
from tests.probes.table import untold, without_reason  # noqa: E402
from tests.support.chain import one_chain  # noqa: E402

WHOLE = 2
"""So many cities are asked by every method and at the platform's doors; the others by a few."""
PLATFORM = {"doors": "localhost", "console": "console.localhost", "ministry": "ministry.localhost"}


def main() -> int:
    """How many probes, routes, leaks; 1 when anything was not as the table says."""
    started, codes = monotonic(), opened()
    log = log_to_file("routes")
    planted = planted_in(codes)
    with one_chain():
        found = list(_everybody_everywhere(planted))
    leaks = [str(one) for one in found if one.leaks]
    unexpected = [str(one) for one in found if one.is_unexpected]
    broken = [str(one) for one in found if one.status >= 500]
    missing = [*untold(), *without_reason()]
    closed = closed_to_the_right_user(found)
    kept = [*everything_kept(planted), *in_archives(planted)]
    logged = sum(city.tells(log.read_text("utf-8")) for city in planted.values())
    say(
        "routes",
        cities=len(codes),
        routes={face: len(routes_of(face)) for face in FACES},
        probes=len(found),
        by_asker=dict(Counter(one.asker for one in found)),
        leaks=len(leaks),
        unexpected_through=len(unexpected),
        server_errors=len(broken),
        missing_in_table=len(missing),
        closed_to_the_right_user=len(closed),
        kept_elsewhere=len(kept),
        archives=len(planted),
        cities_told_in_logs=logged,
        seconds=round(monotonic() - started, 1),
    )
    wrong = [*leaks, *unexpected, *broken, *missing, *closed, *kept]
    complain(wrong)
    return 1 if wrong or logged else 0


def _everybody_everywhere(planted: Mapping[str, Planted]) -> Iterator[Probe]:
    """Each city's door with the next one's cookie and key; with the ids of all others."""
    codes = sorted(planted)
    for at, code in enumerate(codes):
        neighbour = planted[codes[(at + 1) % len(codes)]]
        yield from probes_of_city(planted[code], neighbour, is_whole=at < WHOLE)
        for other in codes:
            if other not in (code, neighbour.code):
                yield from probes_with_ids_of(planted[code], planted[other])
    for face, host in PLATFORM.items():
        for code in codes[:WHOLE]:
            first = [planted[code], *(planted[one] for one in codes if one != code)]
            yield from probes_of_platform(first, face, host)


if __name__ == "__main__":
    sys.exit(main())
