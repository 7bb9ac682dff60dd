"""`make drill [ONLY="upgrade restore"]`: upgrade, restore, back up while people use the product.

One JSON line per figure on stdout, sentences on stderr. The exit status is 1 when a figure misses
its goal: a request failed, or a city is not what it must be.
"""

from __future__ import annotations

import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from tests.benchmarks.harness import Figure, show
from tests.drills import archive, restore, upgrade
from tests.drills.product import DrilledProduct
from tests.support import environment

DRILLS = {"upgrade": upgrade.run, "restore": restore.run, "archive": archive.run}


def main() -> int:
    """Run what was named, or everything, in one product after another."""
    given = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the product ends too
    try:
        missed = [one.name for one in _all(given) if one.holds is False]
    finally:
        environment.discard_run()
    return 1 if missed else 0


def _all(given: Namespace) -> Iterator[Figure]:
    names = given.names or list(DRILLS)
    with DrilledProduct(environment.run_folder() / "drill", cities=given.cities) as product:
        for name in names:
            for figure in DRILLS[name](product, seconds=given.seconds, clients=given.clients):
                show(figure)
                yield figure


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m tests.drills", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(DRILLS)}")
    parser.add_argument("--cities", type=int, default=16, help="so many are open")
    parser.add_argument("--seconds", type=float, default=15.0, help="of quiet load at each end")
    parser.add_argument("--clients", type=int, default=8)
    given = parser.parse_args()
    strangers = sorted(set(given.names) - set(DRILLS))
    if strangers:
        parser.error(f"no such drill: {', '.join(strangers)}; there are {', '.join(DRILLS)}")
    return given


if __name__ == "__main__":
    sys.exit(main())
