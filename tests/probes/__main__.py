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
from pathlib import Path
from time import monotonic
from typing import Any

from tests.probes.copies import copied_tree
from tests.probes.mutations import Mutation, baseline, mutations, outcome, stale
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
    """First the tests in the whole copy, then in the copy broken by each."""
    told = mutations()
    if wrong := stale():
        say("mutations", stale=wrong)
        return 1
    with copied_tree() as root:
        failing = baseline(root, told)
        noticed = [_broken_by(root, mutation, failing) for mutation in told]
    say(
        "mutations",
        taken_away=len(told),
        noticed=sum(noticed),
        unnoticed=noticed.count(False),
        failing_anyway=failing,
    )
    return noticed.count(False) + len(failing)


def _broken_by(root: Path, mutation: Mutation, failing: list[str]) -> bool:
    started = monotonic()
    found = outcome(root, mutation, failing=failing)
    say(
        "mutation",
        control=mutation.control,
        taken_away=mutation.name,
        noticed_by=found.noticed_by or None,
        seconds=round(monotonic() - started, 1),
    )
    sys.stderr.write(found.told)
    return bool(found.noticed_by)


def say(probe: str, **facts: Any) -> None:
    """One JSON line."""
    sys.stdout.write(json.dumps({"probe": probe, **facts}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
