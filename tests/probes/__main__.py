"""`make probe`: the walls between cities, tried. JSON lines on stdout, all else on stderr.

Parts: `routes` (every address × askers × cities), `escapes` (a login's, as web and worker and
behind PgBouncer), `mutations` (each control taken away). Exit status 1 when something got through
or a control guards nothing. `--cities 4` asks in fewer cities.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from time import monotonic
from typing import Any

from tests.probes.mutations import baseline, mutations, outcomes, stale
from tests.support import cluster, environment

CITIES = (
    "busan", "seoul", "chungbuk", "chungnam", "daegu", "daejeon", "gangwon", "gyeongbuk",
    "gyeonggi", "gyeongnam", "incheon", "jeju", "jeonbuk", "jeonnamgwangju", "sejong", "ulsan",
)  # fmt: skip
LIVING = ("routes", "escapes")
PARTS = (*LIVING, "mutations")


def main() -> int:
    """Run what was named, or everything; what was wrong decides the exit status."""
    given = _arguments()
    os.environ["SODAM_PROBE_CITIES"] = " ".join(CITIES[: given.cities])
    parts = given.parts or PARTS
    broken = 0
    try:
        for part in parts:
            broken += _live(part) if part in LIVING else _mutated()
    finally:
        cluster.stop()
        environment.discard_run()
    return 1 if broken else 0


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m tests.probes", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of: {', '.join(PARTS)}")
    parser.add_argument("--cities", type=int, default=len(CITIES), choices=range(2, 17))
    given = parser.parse_args()
    if strangers := sorted(set(given.parts) - set(PARTS)):
        parser.error(f"no such part: {', '.join(strangers)}; there are {', '.join(PARTS)}")
    return given


def _live(part: str) -> int:
    """In a process of its own, whose Django finds the servers; its lines on our stdout."""
    cluster.start_once()
    command = [sys.executable, "-m", f"tests.probes.live_{part}"]
    done = subprocess.run(command, cwd=cluster.REPOSITORY, check=False)
    return int(done.returncode != 0)


def _mutated() -> int:
    """First the tests in a whole copy, then in each broken one."""
    told = list(mutations())
    if wrong := stale():
        say("mutations", stale=wrong)
        return 1
    if failing := baseline(told):
        say("mutations", baseline="fails")
        sys.stderr.write(failing)
        return 1
    return sum(not noticed for noticed in _each(told))


def _each(told: list[Any]) -> Iterator[bool]:
    noticed = 0
    for outcome in outcomes(told):
        started = monotonic()
        noticed += bool(outcome.noticed_by)
        say(
            "mutation",
            control=outcome.mutation.control,
            taken_away=outcome.mutation.name,
            noticed_by=outcome.noticed_by or None,
            seconds=round(monotonic() - started, 1),
        )
        if not outcome.noticed_by:
            sys.stderr.write(outcome.told)
        yield bool(outcome.noticed_by)
    say("mutations", taken_away=len(told), noticed=noticed, unnoticed=len(told) - noticed)


def say(probe: str, **facts: Any) -> None:
    """One JSON line."""
    sys.stdout.write(json.dumps({"probe": probe, **facts}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
